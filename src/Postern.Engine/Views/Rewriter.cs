namespace Postern.Engine.Views;

/// <summary>
/// Writes the view of a step that changes text here and there. A short text is written whole, and one whose sentences nobody else shows; of a long one only the
/// <see cref="Surroundings"/> of what changed, since the rest stands, already read, in the parent view.
/// </summary>
internal ref struct Rewriter
{
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
        if (_output.IsWhole)
        {
            from = _consumed;
        }
        else if (!_changed)
        {
            from = Surroundings.Start(_input, start, 0);
        }
        else if (Surroundings.AreApart(_input, _consumed, start, out var right, out var left))
        {
            _output.Copy(_input[_consumed..right], _consumed);
            _output.Separate();
            from = left;
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
            _output.Copy(_input[_consumed..(_output.IsWhole ? _input.Length : Surroundings.End(_input, _consumed))], _consumed);
        }
    }
}
