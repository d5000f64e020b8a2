using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Destination;

/// <summary>Room for the longest canonical host (253 bytes, RFC 1035 §2.3.4), inside the value that owns it.</summary>
[InlineArray(Capacity)]
internal struct HostBytes
{
    /// <summary>Bytes of room.</summary>
    public const int Capacity = 256;

    private byte _first;
}
