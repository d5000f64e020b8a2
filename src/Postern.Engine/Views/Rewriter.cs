using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// Writes the view of a step that changes text here and there. A short text is written whole; of a long one only the
/// neighbourhoods of what changed, since the rest stands, already read, in the parent view. A neighbourhood reaches
/// <see cref="Context"/> bytes to both sides, which is more than any rule looks around a hit, and from there to the
/// next delimiter, so that no token is cut short into something it is not.
/// </summary>
internal ref struct Rewriter
{
    private const int WholeBelow = 4 * 1024;
    private const int Context = 256;
    private const int MaxToken = 16 * 1024;
    private static readonly SearchValues<byte> s_delimiters = SearchValues.Create(" \t\r\n\"'<>`(){};"u8);

    private readonly ReadOnlySpan<byte> _input;
    private readonly Level _output;
    private int _consumed;
    private int _written;
    private bool _changed;

    public Rewriter(ReadOnlySpan<byte> input, Level output)
    {
        _input = input;
        _output = output;
        output.ClearTouched();
        output.Partial = true;
    }

    /// <summary>Replaces a stretch of the input, later than the one before.</summary>
    public void Replace(int start, int length, scoped ReadOnlySpan<byte> by)
    {
        Begin(start);
        _output.Put(by, start, length);
        End(start + length);
    }

    /// <summary>Copies what leads up to a change; the caller then writes the change into the output itself.</summary>
    public void Begin(int start)
    {
        var from = _changed ? _consumed : 0;
        if (!_changed)
        {
            from = WindowStart(start, 0);
        }
        else if (start - _consumed > 2 * Context)
        {
            var right = WindowEnd(_consumed);
            var left = WindowStart(start, _consumed);
            if (left > right)
            {
                _output.Copy(_input[_consumed..right], _consumed);
                _output.Separate();
                from = left;
            }
        }

        _output.Copy(_input[from..start], from);
        _changed = true;
        _written = _output.Length;
    }

    /// <summary>Says where in the input the change ends.</summary>
    public void End(int end)
    {
        _consumed = end;
        _output.Touch(_written, _output.Length);
    }

    /// <summary>Copies what follows the last change.</summary>
    public void Finish()
    {
        if (_changed)
        {
            _output.Copy(_input[_consumed..WindowEnd(_consumed)], _consumed);
        }
    }

    private int WindowStart(int change, int floor)
    {
        if (_input.Length <= WholeBelow || change - Context <= floor)
        {
            return floor;
        }

        var edge = change - Context;
        var low = Math.Max(floor, edge - MaxToken);
        var delimiter = _input[low..edge].LastIndexOfAny(s_delimiters);
        return low + delimiter + 1;
    }

    private int WindowEnd(int change)
    {
        if (_input.Length <= WholeBelow || _input.Length - change <= Context)
        {
            return _input.Length;
        }

        var edge = change + Context;
        var high = Math.Min(_input.Length, edge + MaxToken);
        var delimiter = _input[edge..high].IndexOfAny(s_delimiters);
        return delimiter < 0 ? high : edge + delimiter;
    }
}
