namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>What UTS #46 (non-transitional) does with a code point.</summary>
internal enum IdnaStatus : byte
{
    /// <summary>The host is refused.</summary>
    Disallowed,

    /// <summary>Stays as it is.</summary>
    Valid,

    /// <summary>Is replaced.</summary>
    Mapped,

    /// <summary>Is dropped.</summary>
    Ignored,
}
