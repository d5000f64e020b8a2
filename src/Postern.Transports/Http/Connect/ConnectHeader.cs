namespace Postern.Transports.Http.Connect;

/// <summary>Where one header stands in <see cref="ConnectHead.Bytes"/>.</summary>
/// <param name="Name">The name, never empty.</param>
/// <param name="Value">The value without surrounding white space; may be empty.</param>
internal readonly record struct ConnectHeader(Range Name, Range Value);
