"""Development-time generator: libvirt's RELAX NG schemas to the classes of `virtxml.schema`.

The passes, in the order in which `pipeline` runs them:

1. `shapes`: what may stand at each place of a document, alternatives merged;
2. `unify`: one shape for what several document kinds share;
3. `classes`: which shapes become classes, which become plain values;
4. `naming`: names of classes, fields and modules, checked against what was generated before;
5. `order`: libvirt's order of children and attributes;
6. `since`: the first release that knew a field;
7. `render`: the text of the modules;
8. `grammars`: the schemas of all releases, compiled for validation.
"""
