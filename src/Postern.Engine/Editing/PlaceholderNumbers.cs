namespace Postern.Engine.Editing;

/// <summary>Numbers the values of one conversation, class by class, in the order in which they are first seen. Thread-safe: both directions may edit.</summary>
internal sealed class PlaceholderNumbers
{
    /// <summary>Values that are told apart in one conversation; with more of them it is a dump, and refused.</summary>
    public const int MaxValues = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Class, string Fingerprint), int> _numbers = [];
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>The number of a value, from 1 on; 0 when there are too many of them.</summary>
    /// <param name="valueClass">What sort of value it is.</param>
    /// <param name="finding">Whose fingerprint tells values apart.</param>
    public int Of(string valueClass, Detection.Finding finding)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue((valueClass, finding.Fingerprint), out var known))
            {
                return known;
            }

            if (_numbers.Count == MaxValues)
            {
                return 0;
            }

            var number = _last.GetValueOrDefault(valueClass) + 1;
            _last[valueClass] = number;
            return _numbers[(valueClass, finding.Fingerprint)] = number;
        }
    }
}
