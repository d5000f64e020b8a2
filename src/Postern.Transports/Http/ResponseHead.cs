using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Reads the head of an upstream's response into a message.</summary>
internal static class ResponseHead
{
    /// <summary>Writes every header that will be passed on.</summary>
    public static ResponseFacts Read(HttpResponseMessage response, MessageWriter writer)
    {
        var obstacles = Obstacle.None;
        string? type = null;
        string? coding = null;
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            foreach (var value in values)
            {
                obstacles |= Add(writer, name, value);
            }
        }

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            foreach (var value in values)
            {
                if (name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase))
                {
                    coding = coding is null ? value : coding + ", " + value;
                    continue;
                }

                type = name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? value : type;
                if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                {
                    obstacles |= Add(writer, name, value);
                }
            }
        }

        return new ResponseFacts(obstacles, type, coding, response.Content.Headers.ContentLength);
    }

    /// <summary>Writes the trailers that came after the body.</summary>
    public static void ReadTrailers(HttpResponseMessage response, MessageWriter writer)
    {
        foreach (var (name, values) in response.TrailingHeaders.NonValidated)
        {
            foreach (var value in values)
            {
                Add(writer, name, value);
            }
        }
    }

    private static Obstacle Add(MessageWriter writer, string name, string value)
    {
        if (HeaderRules.IsDropped(name))
        {
            return Obstacle.None;
        }

        writer.Header(name, value);
        return value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 ? Obstacle.ControlInHeader : Obstacle.None;
    }
}
