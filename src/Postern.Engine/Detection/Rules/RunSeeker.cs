using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>
/// Finds the places of rules that have no literal to look for: whole runs of one alphabet, at least so long.
/// It probes every <c>MinLength</c>-th byte and looks around only where a probe falls into the alphabet.
/// </summary>
internal sealed class RunSeeker(Alphabet alphabet, int minLength, (int Rule, int Ordinal)[] uses)
{
    public void Scan(ref RuleScan scan)
    {
        var text = scan.Input.Bytes;
        for (var probe = minLength - 1; probe < text.Length;)
        {
            if (!alphabet.Contains(text[probe]))
            {
                probe += minLength;
                continue;
            }

            var start = probe;
            while (start > 0 && probe - start < minLength && alphabet.Contains(text[start - 1]))
            {
                start--;
            }

            var end = probe + 1;
            while (end < text.Length && alphabet.Contains(text[end]))
            {
                end++;
            }

            Offer(ref scan, start, end);
            probe = end + minLength;
        }
    }

    private void Offer(ref RuleScan scan, int start, int end)
    {
        foreach (var (rule, ordinal) in uses)
        {
            scan.Try(new Anchor(rule, ordinal, start, end));
        }
    }
}
