using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Postern.Transports.WebSockets;

/// <summary>Tells as soon as bytes arrive that they can be no UTF-8, whatever follows (RFC 3629).</summary>
internal struct TextCheck
{
    private const int LongestCharacter = 4;

    /// <summary>Bytes from the beginning that are whole characters.</summary>
    private int _checked;

    /// <summary>Looks at what was added to <paramref name="text"/>; false when it is bad, or when a complete text ends inside a character.</summary>
    public bool IsSound(ReadOnlySpan<byte> text, bool isComplete)
    {
        var fresh = text[_checked..];
        var open = isComplete ? 0 : OpenAtEnd(fresh);
        _checked = text.Length - open;
        return Utf8.IsValid(fresh[..^open]);
    }

    /// <summary>Bytes at the end that begin a character without ending it.</summary>
    private static int OpenAtEnd(ReadOnlySpan<byte> text)
    {
        for (var length = 1; length < LongestCharacter && length <= text.Length; length++)
        {
            if ((text[^length] & 0xC0) != 0x80)
            {
                return Rune.DecodeFromUtf8(text[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
            }
        }

        return 0;
    }
}
