"""What is done to the classes, a module for each pass; `codegen.pipeline` has their order."""
