using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>The hexadecimal digits, for vectorised searches.</summary>
internal static class HexDigits
{
    public static SearchValues<byte> Set { get; } = SearchValues.Create("0123456789abcdefABCDEF"u8);
}
