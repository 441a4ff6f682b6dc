/** Where the bytes of files are. Objects have the whole addresses (`documentLinks` of `objects/wire.ts`). */
export const FILE_CONTENTS = '/v1/files/:file/contents';
export const FILE_LINK = '/links/:token';
