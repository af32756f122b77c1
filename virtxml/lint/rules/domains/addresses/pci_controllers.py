"""What PCI controllers are: the roots, where they can be, and what can be said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.pci_controllers import OPTIONS, QEMU_NAMES, RANGES, ROOTS
from ....fixes import drop, put
from ....guest import whole
from ....rule import Problem, rule
from .pci import Pci

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Controller
    from ....guest import Guest


@rule(
    "VX428",
    "pci-root-model",
    "domain/devices/controller",
    words="The PCI controller with index='0' must be model='pcie-root' for this machine type",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="type=pci",
    bad="""
<devices>
  <controller type='pci' index='0' model='pci-root'/>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
</devices>
""",
)
def pci_root_model(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """The PCI controller with the index 0 is not the root that the machine has.

    PCs of the type q35 have PCI Express, as have the machines `virt`: their root is `pcie-root`. The root of others is
    `pci-root`. libvirt adds it if it is not there; a controller without an index gets the smallest free one, which is 0
    then.
    """
    if controller.type != "pci" or controller.model is None or controller is not guest.view(Pci).controllers.get(0):
        return
    root = guest.pci_root
    if root and controller.model != root:
        says = "the root of this machine is {root}, not {model}"
        fix = put(controller, "model", root, safe=controller.model in ROOTS)
        yield Problem(controller, "model", says, fix=fix, root=root, model=controller.model)


@rule(
    "VX429",
    "pci-root-index",
    "domain/devices/controller",
    words="pci-root and pcie-root controllers should have index 0",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="model",
    bad="""
<devices>
  <controller type='pci' index='1' model='pcie-root'/>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
</devices>
""",
)
def pci_root_index(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """The root of PCI has another index than 0.

    A machine has one root. Only the machine `pseries` has several, and their indexes.
    """
    if controller.model in ROOTS and whole(controller.index) and not guest.is_pseries:
        says = "{model} has the index 0, not {index}"
        yield Problem(controller, "index", says, model=controller.model, index=controller.index)


@rule(
    "VX430",
    "pci-root-address",
    "domain/devices/controller",
    words="pci-root and pcie-root controllers should not have an address",
    early=True,
    when="address",
    bad="""
<devices>
  <controller type='pci' index='0' model='pcie-root'>
    <address type='pci' domain='0' bus='0' slot='1' function='0'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
</devices>
""",
)
def pci_root_address(controller: Controller, _: Guest) -> Iterator[Problem]:
    """The root of PCI has an address.

    All other devices are on it, and it is on none of them.
    """
    if controller.model in ROOTS and controller.address is not None:
        yield Problem(
            controller,
            "address",
            "{model} is on no other controller",
            fix=drop(controller, "address"),
            model=controller.model,
        )


@rule(
    "VX431",
    "pci-controller-target",
    "domain/devices/controller",
    words="PCI controller target index '31' out of range - must be 0-30",
    early=True,
    when="type=pci",
    bad="""
<devices>
  <controller type='pci' index='1' model='pcie-expander-bus'>
    <target busNr='255'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='1' model='pcie-expander-bus'>
    <target busNr='254'/>
  </controller>
</devices>
""",
)
def pci_controller_target(controller: Controller, _: Guest) -> Iterator[Problem]:
    """A number of a PCI controller is out of its range.

    The controller with the index 0 has the target index 0, and no other one has; it is on no NUMA node, since the
    devices on it are everywhere.
    """
    if controller.type != "pci":
        return
    index = whole(controller.index)
    if index is not None and index > 255:
        yield Problem(controller, "index", "the index of a PCI controller is at most 255, not {index}", index=index)
    target = controller.target
    if target is None:
        return
    for name, span in RANGES.items():
        value = whole(getattr(target, name))
        if value is not None and value not in span:
            says = "must be from {low} to {high}, not {value}"
            yield Problem(target, name, says, low=span.start, high=span.stop - 1, value=value)
            return
    number = whole(target.index)
    if number is not None and index is not None and (number == 0) != (index == 0):
        says = "only the controller with the index 0 has the target index 0, and always has it"
        yield Problem(target, "index", says)
    if index == 0 and target.node is not None:
        yield Problem(
            target, "node", "the PCI controller with the index 0 is on no NUMA node", fix=drop(target, "node")
        )


@rule(
    "VX433",
    "controller-not-for-machine",
    "domain/devices/controller",
    words="pcie-expander-bus controllers are not supported with this machine type",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="model",
    bad="""
<devices>
  <controller type='pci' index='1' model='pci-expander-bus'/>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='1' model='pcie-expander-bus'/>
</devices>
""",
)
def controller_not_for_machine(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """A PCI controller is one that the machine cannot have.

    An expander bus is a second root: `pci-expander-bus` of the PC with PCI, `pcie-expander-bus` of q35 and of `virt`.
    """
    if controller.model == "pci-expander-bus" and not guest.is_i440fx:
        yield Problem(controller, "model", "only PCs of the type i440fx have a pci-expander-bus")
    elif controller.model == "pcie-expander-bus" and not (guest.is_q35 or (guest.is_virt and guest.is_arm)):
        yield Problem(controller, "model", "only machines with PCI Express have a pcie-expander-bus")


@rule(
    "VX442",
    "pci-controller-option",
    "domain/devices/controller",
    words="Option 'chassis' is not valid for PCI controller with index '0', model 'pcie-root'",
    drivers=("qemu",),
    early=True,
    when="target",
    bad="""
<devices>
  <controller type='pci' index='1' model='pcie-root-port'>
    <target busNr='3'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='1' model='pcie-root-port'/>
</devices>
""",
)
def pci_controller_option(controller: Controller, _: Guest) -> Iterator[Problem]:
    """A PCI controller has a number or a switch that its model does not have.

    `chassisNr` is of bridges, `chassis` and `port` are of ports of PCI Express, `busNr` is of expander buses, and
    the target index of the roots of `pseries`.
    """
    target = controller.target
    options = OPTIONS.get(controller.model or "")
    if target is None or controller.type != "pci" or options is None:
        return
    for name in ("chassis_nr", "chassis", "port", "bus_nr", "index", "hotplug"):
        if getattr(target, name) is not None and name not in options:
            says = "a {model} has no {option}"
            option = type(target).xml_fields[name].xml
            fix = drop(target, name)
            yield Problem(target, name, says, fix=fix, model=controller.model, option=option)


@rule(
    "VX443",
    "pci-controller-model-name",
    "domain/devices/controller",
    words="Option 'modelName' has invalid value for PCI controller with index '1'",
    drivers=("qemu",),
    early=True,
    when="model_element",
    bad="""
<devices>
  <controller type='pci' index='1' model='pcie-root-port'>
    <model name='pci-bridge'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='1' model='pcie-root-port'>
    <model name='ioh3420'/>
  </controller>
</devices>
""",
)
def pci_controller_model_name(controller: Controller, _: Guest) -> Iterator[Problem]:
    """QEMU's device is not one of the PCI controller's model.

    Each model stands for one device of QEMU; only a `pcie-root-port` may be one of two. libvirt writes the right one.
    """
    chosen = controller.model_element
    names = QEMU_NAMES.get(controller.model or "")
    if chosen is None or chosen.name is None or controller.type != "pci" or names is None or chosen.name in names:
        return
    says = "a {model} is never QEMU's {name}"
    fix = drop(controller, "model_element")
    yield Problem(chosen, "name", says, fix=fix, model=controller.model, name=chosen.name)
