/** Radar's rules: `Block if :card_country: = 'XX' AND NOT :email: IN @trusted`. https://docs.stripe.com/radar/rules/reference */
export const RULE_GRAMMAR = String.raw`
Rule = _ action:Action __ "if"i __ predicate:Predicate _ { return { action, ...predicate }; }

Action
  = ("Request 3D Secure"i / "Request 3DS"i) { return "request_3ds"; }
  / word:("Allow"i / "Block"i / "Review"i) { return word.toLowerCase(); }

Predicate = condition:Or { return { condition, predicate: text() }; }

Or = first:And rest:(_ OrWord _ @And)* { return rest.length === 0 ? first : { type: "any", of: [first, ...rest] }; }
And = first:Not rest:(_ AndWord _ @Not)* { return rest.length === 0 ? first : { type: "all", of: [first, ...rest] }; }
Not = NotWord _ of:Not { return { type: "not", of }; } / Primary

OrWord "OR" = "OR"i !Letter / "||"
AndWord "AND" = "AND"i !Letter / "&&"
NotWord "NOT" = "NOT"i !Letter / "!" !"="

Primary
  = "(" _ @Or _ ")"
  / "is_missing"i _ "(" _ left:Operand _ ")" { return { type: "missing", left }; }
  / left:Operand rest:Rest? { return rest === null ? { type: "is", left } : rest(left); }

Rest
  = _ operator:Comparator _ right:(Literal / Operand) { return (left) => ({ type: "compare", left, operator, right }); }
  / _ "NOT"i __ "IN"i !Letter _ within:Within { return (left) => ({ type: "not", of: within(left) }); }
  / _ "IN"i !Letter _ @Within
  / _ "INCLUDES"i !Letter _ right:Text { return (left) => ({ type: "includes", left, right }); }
  / _ "NOT"i __ "LIKE"i !Letter _ right:Text { return (left) => ({ type: "not", of: { type: "like", left, right } }); }
  / _ "LIKE"i !Letter _ right:Text { return (left) => ({ type: "like", left, right }); }

Within
  = "@" list:$[A-Za-z0-9_]+ { const at = offset(); return (left) => ({ type: "in", left, list, at }); }
  / "(" _ first:Literal rest:(_ "," _ @Literal)* _ ")" { return (left) => ({ type: "among", left, values: [first, ...rest] }); }

Comparator "comparison" = "!=" / "<=" / ">=" / "<" / ">" / "==" { return "="; } / "="

Operand "attribute"
  = name:$("::" [^:\n]+ (":" [^:\n]+)? "::") { return { name, at: offset() }; }
  / ":" name:$([a-z] [a-z0-9_]*) ":" { return { name, at: offset() }; }

Literal "value" = Text / Number / Boolean
Text "text"
  = "'" value:$[^'\n]* "'" { return { value, at: offset() }; }
  / '"' value:$[^"\n]* '"' { return { value, at: offset() }; }
Number = digits:$("-"? [0-9]+ ("." [0-9]+)?) { return { value: Number(digits), at: offset() }; }
Boolean = word:$("true"i / "false"i) !Letter { return { value: word.toLowerCase() === "true", at: offset() }; }

Letter = [A-Za-z0-9_]
_ "space" = [ \t\n\r]*
__ "space" = [ \t\n\r]+
`;
