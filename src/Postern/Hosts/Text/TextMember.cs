namespace Postern.Program.Hosts.Text;

/// <summary>A named value.</summary>
/// <param name="Name">Its name, without quotes and escapes.</param>
/// <param name="Start">Where its name begins.</param>
/// <param name="Value">The value.</param>
internal sealed record TextMember(string Name, int Start, TextNode Value);
