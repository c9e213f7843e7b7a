/** Node has it; its types leave it to those of browsers, which nothing here may use. */
declare namespace WebAssembly {
  // Empty where the browser's types are in force as well: the two merge.
  interface Module {}
  function compile(bytes: Uint8Array): Promise<Module>;
}
