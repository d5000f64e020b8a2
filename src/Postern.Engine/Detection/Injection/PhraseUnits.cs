namespace Postern.Engine.Detection.Injection;

/// <summary>The units on one side of a place, read only as far as they are asked for.</summary>
/// <remarks><c>bounds</c> has room for <see cref="Capacity"/> units; what is in it does not matter.</remarks>
internal ref struct PhraseUnits(ReadOnlySpan<byte> text, int origin, PhraseScript script, Span<(int Start, int End)> bounds)
{
    /// <summary>How many units a phrase can span to one side.</summary>
    public const int Capacity = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly Span<(int Start, int End)> _bounds = bounds;
    private int _count;
    private NearWords _near;
    private readonly int _origin = origin;
    private int _next = origin;

    /// <summary>True when the units are those before the place, nearest first; false for those behind it.</summary>
    public bool Backward { get; init; }

    /// <summary>Bytes read so far.</summary>
    public readonly int BytesRead => Math.Abs(_next - _origin);

    /// <summary>The unit at <paramref name="index"/>, 0 being the nearest; false when the text ends before it.</summary>
    public bool TryGet(int index, out ReadOnlySpan<byte> unit)
    {
        while (_count <= index && _next >= 0 && _count < Capacity)
        {
            var next = Next();
            if (next.Start < 0)
            {
                unit = default;
                return false;
            }

            _bounds[_count++] = next;
            _next = Backward ? next.Start : next.End;
        }

        unit = index < _count ? _text[_bounds[index].Start.._bounds[index].End] : default;
        return index < _count;
    }

    private (int Start, int End) Next()
    {
        if (Backward)
        {
            return UnitReader.Backward(_text, _next, script);
        }

        if (script == PhraseScript.Words)
        {
            _near = _count == 0 ? NearWords.At(_text, _origin) : _near;
            if (_near.TryNext(_next - _origin, out var start, out var end))
            {
                return (_origin + start, _origin + end);
            }
        }

        return UnitReader.Forward(_text, _next, script);
    }

    /// <summary>The outer end of the unit at <paramref name="index"/>, which was read before.</summary>
    public readonly int OuterEnd(int index) => Backward ? _bounds[index].Start : _bounds[index].End;
}
