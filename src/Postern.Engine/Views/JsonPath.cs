using System.Text;

namespace Postern.Engine.Views;

/// <summary>Finds the path of the JSON value at an offset, in text that need not be well-formed.</summary>
internal static class JsonPath
{
    private const int MaxSteps = 64;

    public static string At(ReadOnlySpan<byte> json, int offset)
    {
        // A step is the range of a key, or an index when its start is negative.
        var steps = new List<ByteRange>();
        var at = 0;
        while (at < json.Length && at <= offset)
        {
            switch (json[at])
            {
                case (byte)'{':
                    steps.Add(default);
                    break;
                case (byte)'[':
                    steps.Add(new ByteRange(-1, 0));
                    break;
                case (byte)'}' or (byte)']' when steps.Count > 0 && at < offset:
                    steps.RemoveAt(steps.Count - 1);
                    break;
                case (byte)',' when steps.Count > 0 && steps[^1].Start < 0:
                    steps[^1] = steps[^1] with { End = steps[^1].End + 1 };
                    break;
                case (byte)'"':
                    var end = StringEnd(json, at);
                    var isKey = IsKey(json, end);
                    if (end > offset)
                    {
                        return Name(json, steps, isKey);
                    }

                    if (isKey && steps.Count > 0)
                    {
                        steps[^1] = new ByteRange(at + 1, end - 1);
                    }

                    at = end - 1;
                    break;
                default:
                    break;
            }

            at++;
        }

        return Name(json, steps, isKey: false);
    }

    private static int StringEnd(ReadOnlySpan<byte> json, int quote)
    {
        var at = quote + 1;
        while (at < json.Length && json[at] != '"')
        {
            at += json[at] == '\\' ? 2 : 1;
        }

        return Math.Min(json.Length, at + 1);
    }

    private static bool IsKey(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && Ascii.IsSpace(json[at]))
        {
            at++;
        }

        return at < json.Length && json[at] == ':';
    }

    private static string Name(ReadOnlySpan<byte> json, List<ByteRange> steps, bool isKey)
    {
        var text = new StringBuilder("$");
        for (var i = 0; i < Math.Min(steps.Count, MaxSteps); i++)
        {
            // The key being read may itself be the secret, so a hit in a key names only the object.
            if (steps[i].Start < 0)
            {
                text.Append('[').Append(steps[i].End).Append(']');
            }
            else if (steps[i].Length > 0 && !(isKey && i == steps.Count - 1))
            {
                text.Append('.').Append(LeafName.Readable(json[steps[i].Start..steps[i].End]));
            }
        }

        return isKey ? text.Append(" (key)").ToString() : text.ToString();
    }
}
