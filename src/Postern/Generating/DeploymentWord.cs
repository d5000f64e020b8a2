using System.Text.RegularExpressions;

namespace Postern.Program.Generating;

/// <summary>What may be filled into a template: words that mean themselves in YAML, in a shell and in a packet filter.</summary>
internal static partial class DeploymentWord
{
    /// <summary>A name that Kubernetes and Compose take, with room for what is put behind it.</summary>
    public static string Name(string text) => Name().IsMatch(text) ? text : throw Wrong(text, "name: small letters, digits and '-', at most 40");

    /// <summary>A reference to an image.</summary>
    public static string Image(string text) => Image().IsMatch(text) ? text : throw Wrong(text, "reference to an image");

    /// <summary>The name of a user of the system.</summary>
    public static string User(string text) => User().IsMatch(text) ? text : throw Wrong(text, "user: small letters, digits, '-' and '_', at most 31");

    private static ConfigException Wrong(string text, string wanted) => new($"'{Terminal.Plain(text)}' is no {wanted}");

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex("^[a-z_][a-z0-9_-]{0,30}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex User();
}
