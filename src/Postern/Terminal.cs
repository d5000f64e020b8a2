namespace Postern.Program;

/// <summary>Text for people: colours only on a terminal that wants them, and never a control character from outside.</summary>
internal static class Terminal
{
    private static readonly bool s_colours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>For refusals and failures.</summary>
    public static string Red(string text) => Paint("31", text);

    /// <summary>For warnings.</summary>
    public static string Yellow(string text) => Paint("33", text);

    /// <summary>For what is well.</summary>
    public static string Green(string text) => Paint("32", text);

    /// <summary>Prints an error.</summary>
    public static void Fail(string message) => Console.Error.WriteLine("postern: " + message);

    /// <summary>The text without characters that a terminal would obey, at most 200 characters long.</summary>
    public static string Plain(string text) => string.Create(Math.Min(text.Length, 200), text, static (room, source) =>
    {
        for (var i = 0; i < room.Length; i++)
        {
            room[i] = char.IsControl(source[i]) ? '?' : source[i];
        }
    });

    private static string Paint(string code, string text) => s_colours ? $"\e[{code}m{text}\e[0m" : text;
}
