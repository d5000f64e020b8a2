using System.Buffers.Text;
using System.Text;
using Postern.Engine.Views;

namespace Postern.Engine.Editing;

/// <summary>What stands in place of a value: a text that says what was there, written the way the value was written.</summary>
internal static class Placeholder
{
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The text.</summary>
    public static byte[] Text(string valueClass, int number) => Encoding.ASCII.GetBytes($"[REDACTED:{valueClass}:{number}]");

    /// <summary>The text under the codings that the value was under, so that whoever decodes the message reads the placeholder.</summary>
    /// <param name="text">The text.</param>
    /// <param name="chain">How the value came to light.</param>
    /// <param name="source">The bytes it stood as.</param>
    /// <param name="isForm">True in a body of form fields, which are percent-encoded in any case.</param>
    public static byte[] Encode(byte[] text, ViewChain chain, ReadOnlySpan<byte> source, bool isForm)
    {
        for (var i = chain.Depth - 1; i >= 0; i--)
        {
            text = chain[i] switch
            {
                Decoding.Base64 => Encoding.ASCII.GetBytes(Convert.ToBase64String(Padded(text, 3))),
                Decoding.Base32 => Base32(Padded(text, 5)),

                // Digits in groups have no one way of being written; the text itself hides nothing.
                Decoding.Hex when i > 0 || IsHex(source) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(text)),
                Decoding.Percent or Decoding.Form => Percent(text),
                _ => text,
            };
            isForm &= chain[i] is not (Decoding.Percent or Decoding.Form);
        }

        return isForm ? Percent(text) : text;
    }

    /// <summary>The text cut or filled to a length that must not change.</summary>
    public static byte[] Fit(byte[] text, int length)
    {
        var fitted = new byte[length];
        fitted.AsSpan().Fill((byte)'*');
        if (text.Length <= length)
        {
            text.CopyTo(fitted, 0);
        }

        return fitted;
    }

    /// <summary>Whole units, so that nothing of what follows is shifted.</summary>
    private static byte[] Padded(byte[] text, int unit)
    {
        var padded = new byte[(text.Length + unit - 1) / unit * unit];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        return padded;
    }

    private static byte[] Base32(byte[] units)
    {
        var letters = new byte[units.Length / 5 * 8];
        for (var i = 0; i < letters.Length; i++)
        {
            var bit = i * 5;
            var pair = (units[bit / 8] << 8) | (bit / 8 + 1 < units.Length ? units[(bit / 8) + 1] : 0);
            letters[i] = (byte)Base32Letters[(pair >> (11 - (bit % 8))) & 31];
        }

        return letters;
    }

    private static byte[] Percent(byte[] text)
    {
        var encoded = new List<byte>(text.Length + 16);
        Span<byte> digits = stackalloc byte[2];
        foreach (var value in text)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_')
            {
                encoded.Add(value);
                continue;
            }

            _ = Utf8Formatter.TryFormat(value, digits, out _, new System.Buffers.StandardFormat('X', 2));
            encoded.Add((byte)'%');
            encoded.AddRange(digits);
        }

        return [.. encoded];
    }

    private static bool IsHex(ReadOnlySpan<byte> source)
    {
        foreach (var value in source)
        {
            if (!char.IsAsciiHexDigit((char)value))
            {
                return false;
            }
        }

        return true;
    }
}
