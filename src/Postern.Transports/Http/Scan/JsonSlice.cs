namespace Postern.Transports.Http.Scan;

/// <summary>Where a value stands in the request: the inside of a string, the whole of anything else. Length 0 is absent or empty.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="IsEscaped">True for a string that has to be unescaped.</param>
internal readonly record struct JsonSlice(int Start, int Length, bool IsEscaped);
