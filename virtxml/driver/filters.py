"""Network filters of a connection, and what they are bound to."""

from __future__ import annotations

from virtxml.schema.nwfilter import NWFilter
from virtxml.schema.nwfilterbinding import NWFilterBinding

from .handles import Collection, Handle, IdentifiedCollection, IdentifiedHandle, flag_sum
from .libvirt_python import api


class FilterHandle(IdentifiedHandle[api.NWFilter]):
    """A filter that libvirt has; `libvirt` is its `virNWFilter`."""

    def document(self, *, flags: int = 0) -> NWFilter:
        """Return the document."""
        return self._link.read(NWFilter, self._raw.XMLDesc, flags)

    def undefine(self) -> None:
        """Forget it."""
        with self._link.errors():
            self._raw.undefine()


class Filters(IdentifiedCollection[FilterHandle]):
    """The network filters of a connection."""

    _handle = FilterHandle

    def define(self, nwfilter: NWFilter, *, validate: bool = False, flags: int = 0) -> FilterHandle:
        """Define a filter, or define it anew if there is one of the same name and UUID.

        ``validate`` makes libvirt check the document by its schema; libvirt does so from 7.7.0 on. Raises
        AlreadyExistsError if the name belongs to another UUID.
        """
        flags |= flag_sum(VIR_NWFILTER_DEFINE_VALIDATE=validate)
        connection = self._link.raw
        xml = nwfilter.to_xml()
        with self._making(nwfilter):
            # Older releases of libvirt only have the function without flags.
            raw = connection.nwfilterDefineXMLFlags(xml, flags) if flags else connection.nwfilterDefineXML(xml)
        return FilterHandle(self._link, raw)

    def _of_name(self, name: str) -> api.NWFilter:
        return self._link.raw.nwfilterLookupByName(name)

    def _of_uuid(self, uuid: str) -> api.NWFilter:
        return self._link.raw.nwfilterLookupByUUIDString(uuid)

    def list_all(self, *, flags: int = 0) -> list[FilterHandle]:
        """Return all filters."""
        with self._link.errors():
            return [FilterHandle(self._link, raw) for raw in self._link.raw.listAllNWFilters(flags)]


class BindingHandle(Handle[api.NWFilterBinding]):
    """A binding of a filter that libvirt has; `libvirt` is its `virNWFilterBinding`."""

    @property
    def port_dev(self) -> str:
        """The network device that the filter is bound to."""
        return self._raw.portDev()

    def document(self, *, flags: int = 0) -> NWFilterBinding:
        """Return the document."""
        return self._link.read(NWFilterBinding, self._raw.XMLDesc, flags)

    def delete(self) -> None:
        """Take the filter from the device."""
        with self._link.errors():
            self._raw.delete()


class Bindings(Collection[BindingHandle]):
    """The bindings of filters of a connection."""

    def create(self, binding: NWFilterBinding, *, validate: bool = False, flags: int = 0) -> BindingHandle:
        """Bind a filter to a network device; ``validate`` makes libvirt check the document by its schema."""
        flags |= flag_sum(VIR_NWFILTER_BINDING_CREATE_VALIDATE=validate)
        with self._link.errors(binding):
            return BindingHandle(self._link, self._link.raw.nwfilterBindingCreateXML(binding.to_xml(), flags))

    def lookup(self, port_dev: str) -> BindingHandle:
        """Return the binding of a network device. Raises NotFoundError."""
        with self._link.errors():
            return BindingHandle(self._link, self._link.raw.nwfilterBindingLookupByPortDev(port_dev))

    def list_all(self, *, flags: int = 0) -> list[BindingHandle]:
        """Return all bindings."""
        with self._link.errors():
            return [BindingHandle(self._link, raw) for raw in self._link.raw.listAllNWFilterBindings(flags)]
