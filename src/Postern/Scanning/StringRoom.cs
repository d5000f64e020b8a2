using System.Text.Json;

namespace Postern.Program.Scanning;

/// <summary>Room for the strings of one line after their escapes were resolved; kept from line to line.</summary>
internal sealed class StringRoom
{
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Forgets the last line and makes room for one of <paramref name="lineBytes"/>: unescaped strings are never longer.</summary>
    public void Clear(int lineBytes)
    {
        _used = 0;
        if (_bytes.Length < lineBytes)
        {
            _bytes = new byte[Math.Max(lineBytes, _bytes.Length * 2)];
        }
    }

    /// <summary>The reader's string without its escapes; valid until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Unescape(scoped ref Utf8JsonReader reader)
    {
        var length = reader.CopyString(_bytes.AsSpan(_used));
        var text = _bytes.AsSpan(_used, length);
        _used += length;
        return text;
    }
}
