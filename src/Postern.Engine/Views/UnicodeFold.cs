using System.Buffers;
using System.Text;

namespace Postern.Engine.Views;

/// <summary>
/// Folds text to what a reader takes it for: invisible and control characters go, compatibility forms and look-alikes
/// become the plain letter, marks on letters go, exotic spaces become spaces, digits of every script become ASCII,
/// Hangul and kana are put together, and what is hidden in tag characters or variation selectors becomes readable. Case
/// stays. Bytes that are not UTF-8 stay as they are.
/// </summary>
public static class UnicodeFold
{
    private const int MinHiddenRun = 4;
    private const int ChunkBytes = 1024;
    private const int MaxInvalid = ChunkBytes / 8;
    /// <summary>The longest control sequence that is taken for one.</summary>
    private const int MaxControl = 32;

    private const byte FirstOfC1 = 0xC2;
    private const int VoicedMark = 0x3099;

    // Everything but the characters that always stay: printable ASCII, tab, line feed, carriage return.
    private static readonly SearchValues<byte> s_notPlain = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(b => b is (< 0x20 or >= 0x7F) and not ('\t' or '\n' or '\r')).Select(b => (byte)b)]);

    /// <summary>The folded form of a text, for literals and phrases that are to match folded views.</summary>
    /// <param name="text">Any text; lone surrogates become U+FFFD.</param>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        var level = new Level();
        level.Begin(default, 0, int.MaxValue, recording: false);
        Fold(bytes, level, FoldWay.Whole);
        return Encoding.UTF8.GetString(level.Bytes);
    }

    /// <summary>
    /// Writes the folded text. Returns whether an invisible character stood between two letters or digits, so that <see cref="FoldWay.Spaced"/>
    /// reads differently.
    /// </summary>
    internal static bool Fold(ReadOnlySpan<byte> input, Level output, FoldWay way)
    {
        output.ClearTouched();
        output.Partial = true;
        var walk = new FoldWalk(input, output, way);
        var at = 0;
        while (at < input.Length && input[at..].IndexOfAny(s_notPlain) is >= 0 and var offset)
        {
            at += offset;
            while (at < input.Length && input[at] >= 0x80)
            {
                at = walk.Read(at);
            }

            if (at < input.Length && input[at] < 0x80 && s_notPlain.Contains(input[at]))
            {
                var length = ControlLength(input[at..]);
                walk.Drop(at, length);
                at += length;
            }
        }

        walk.Finish();
        return walk.Glued;
    }

    /// <summary>Terminals take what follows an escape and a bracket up to a letter for colours and moves (ECMA-48 §5.4); everything else is one byte.</summary>
    private static int ControlLength(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("\u001b["u8))
        {
            return 1;
        }

        var near = text[2..Math.Min(text.Length, MaxControl)];
        var final = near.IndexOfAnyExceptInRange((byte)' ', (byte)'?');
        return final >= 0 && near[final] is >= (byte)'@' and <= (byte)'~' ? final + 3 : 1;
    }

    private ref struct FoldWalk(ReadOnlySpan<byte> input, Level output, FoldWay way)
    {
        private readonly ReadOnlySpan<byte> _input = input;
        private readonly FoldTable _table = FoldTable.Instance;
        private int _copied;
        private int _chunk;
        private int _invalid;
        private bool _changed;

        public bool Glued { get; private set; }

        /// <summary>Reads the character at an offset and returns the next one's.</summary>
        public int Read(int at)
        {
            if (Rune.DecodeFromUtf8(_input[at..], out var rune, out var length) != OperationStatus.Done)
            {
                return SkipInvalid(at, length);
            }

            var action = _table.Action(rune);
            switch (action)
            {
                case FoldTable.AsIs:
                    return at + length;
                case FoldTable.Drop:
                    return Filler.IsSelector(rune) ? DropSelectors(at) : Drop(at, length);
                case FoldTable.Join:
                    Join(rune.Value, at, length);
                    return at + length;
                case FoldTable.Mark:
                    DropFromAscii(at, length);
                    return at + length;
                case < FoldTable.FirstText:
                    Flush(at);
                    output.Put((byte)action, at, length);
                    break;
                default:
                    PutText(_table.Text(action), at, length);
                    break;
            }

            Touch();
            return _copied = at + length;
        }

        // Bytes that are no text at all are passed over chunk by chunk: folding noise would cost much and show nothing.
        private int SkipInvalid(int at, int length)
        {
            if (at / ChunkBytes != _chunk)
            {
                _chunk = at / ChunkBytes;
                _invalid = 0;
            }

            return ++_invalid < MaxInvalid ? at + length : Math.Min(_input.Length, (_chunk + 1) * ChunkBytes);
        }

        // By chance, noise holds a character that text would not have put there.
        private readonly bool IsNoise(int at) => at / ChunkBytes == _chunk && _invalid > MaxInvalid / 16;

        public int Drop(int at, int length)
        {
            var next = at + length;
            if (at > 0 && next < _input.Length && output.Length + at - _copied > 0)
            {
                Flush(at);
                if (output.Length > 0 && Ascii.IsAlphanumeric(output.Bytes[^1]) && (Ascii.IsAlphanumeric(_input[next]) || _input[next] >= 0x80))
                {
                    Glued |= _input[at] > FirstOfC1 && !IsNoise(at);
                    if (way == FoldWay.Spaced)
                    {
                        output.Put((byte)' ', at, length);
                    }
                }
            }

            Flush(at);
            Touch();
            return _copied = next;
        }

        public readonly void Finish() => output.Copy(_input[_copied..(way == FoldWay.ChangesOnly ? Surroundings.End(_input, _copied) : _input.Length)], _copied);

        private void Flush(int at)
        {
            if (way == FoldWay.ChangesOnly)
            {
                SkipTo(at);
            }

            output.Copy(_input[_copied..at], _copied);
            _copied = at;
        }

        private void SkipTo(int at)
        {
            if (!_changed)
            {
                _changed = true;
                _copied = Surroundings.Start(_input, at, 0);
            }
            else if (Surroundings.AreApart(_input, _copied, at, out var right, out var left))
            {
                output.Copy(_input[_copied..right], _copied);
                output.Separate();
                _copied = left;
            }
        }

        private readonly void Touch() => output.Touch(Math.Max(0, output.Length - 1), output.Length);

        private void PutText(ReadOnlySpan<byte> text, int at, int length)
        {
            Flush(at);
            Rune.DecodeFromUtf8(text, out var first, out var firstLength);
            if (_table.Action(first) == FoldTable.Join && Composed(first.Value, at, length))
            {
                text = text[firstLength..];
            }

            output.Put(text, at, length);
        }

        private void Join(int second, int at, int length)
        {
            Flush(at);
            if (Composed(second, at, length))
            {
                _copied = at + length;
                Touch();
            }
            else if (second is VoicedMark or VoicedMark + 1)
            {
                DropFromAscii(at, length);
            }
        }

        // The marks of other scripts are letters to their readers, but not on an ASCII character.
        private void DropFromAscii(int at, int length)
        {
            Flush(at);
            if (output.Length > 0 && output.Bytes[^1] < 0x80)
            {
                _copied = at + length;
                Touch();
            }
        }

        // Puts a character together with the last one written, if the two make one.
        private readonly bool Composed(int second, int at, int length)
        {
            if (Rune.DecodeLastFromUtf8(output.Bytes, out var first, out var firstLength) != OperationStatus.Done
                || _table.Compose(first.Value, second) is var composed && composed == 0)
            {
                return false;
            }

            var start = output.Length - firstLength;
            var origin = output.Recording ? output.Locate(new ByteRange(start, output.Length)).Start : at;
            Span<byte> utf8 = stackalloc byte[Utf8Writer.MaxLength];
            var size = Utf8Writer.Write(composed, utf8);
            output.Truncate(start);
            output.Put(utf8[..size], origin, at + length - origin);
            return true;
        }

        // A few selectors style an emoji; many in a row carry bytes that no reader sees.
        private int DropSelectors(int at)
        {
            var end = at;
            var count = 0;
            while (Rune.DecodeFromUtf8(_input[end..], out var rune, out var length) == OperationStatus.Done && Filler.IsSelector(rune))
            {
                end += length;
                count++;
            }

            if (count < MinHiddenRun)
            {
                return Drop(at, end - at);
            }

            Flush(at);
            for (var next = at; next < end;)
            {
                Rune.DecodeFromUtf8(_input[next..], out var rune, out var length);
                var hidden = rune.Value < 0xE0000 ? rune.Value - 0xFE00 : rune.Value - 0xE0100 + 16;
                output.Put((byte)hidden, next, length);
                Touch();
                next += length;
            }

            return _copied = end;
        }
    }
}
