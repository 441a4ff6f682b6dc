/**
 * Stripe's search language: `email:"a@b.c" AND -metadata["plan"]:"gold"`, `total>1000 OR status:"open"`. AND and OR cannot be mixed.
 * https://docs.stripe.com/search#search-query-language
 */
export const SEARCH_GRAMMAR = String.raw`
Query
  = _ first:Term rest:(__ "AND"i __ @Term)+ _ { return { terms: [first, ...rest], any: false }; }
  / _ first:Term rest:(__ "OR"i __ @Term)+ _ { return { terms: [first, ...rest], any: true }; }
  / _ term:Term _ { return { terms: [term], any: false }; }

Term
  = minus:("-" / "NOT"i __)? field:Field _ operator:Operator _ value:Value { return { ...field, operator, value, negated: minus !== null }; }

Field
  = "metadata" "[" _ key:Quoted _ "]" { return { field: "metadata", key }; }
  / name:$([a-z_] [a-z0-9_.]*) { return { field: name, key: null }; }

Operator = ":" / "~" / ">=" / "<=" / ">" / "<"

Value
  = text:Quoted { return { type: "text", text }; }
  / "null" ![a-z0-9_] { return { type: "null" }; }
  / text:$("-"? [0-9]+ ("." [0-9]+)?) { return { type: "text", text }; }
  / text:$("true" / "false") { return { type: "text", text }; }

Quoted
  = '"' characters:Double* '"' { return characters.join(""); }
  / "'" characters:Single* "'" { return characters.join(""); }

Double = [^"\\] / "\\" @.
Single = [^'\\] / "\\" @.

_ "space" = [ \t\n\r]*
__ "space" = [ \t\n\r]+
`;
