using System.Text;
using Postern.Engine.Flow;

namespace Postern.Transports.Http.Local;

/// <summary>
/// The answer that <c>/fetch</c> will give, as a message: every field that comes from the world is a part of it. What was apart in the
/// page may stand together in its text, so this is inspected again, and what is sent is rendered from it.
/// </summary>
/// <param name="ContentType">As the upstream said.</param>
/// <param name="Title">Of the page.</param>
/// <param name="Content">Of the page, as text.</param>
/// <param name="Hint">How to go on; empty when there is nothing to say.</param>
internal sealed record FetchedPage(string ContentType, string Title, string Content, string Hint)
{
    /// <summary>Names of the parts; also the keys of the answer.</summary>
    public const string UrlKey = "url", AgentKey = "agent", TypeKey = "content_type", TitleKey = "title", HintKey = "hint";

    /// <summary>The page as a message on its way to the agent.</summary>
    public Message ToMessage(FetchTarget target, int status)
    {
        var content = Encoding.UTF8.GetBytes(Content);
        using var writer = new MessageWriter(content.Length + target.Url.Length + 1024);
        writer.Header(UrlKey, Encoding.Latin1.GetString(target.Url));
        writer.Header(AgentKey, target.Agent);
        writer.Header(TypeKey, Utf8(ContentType));
        writer.Header(TitleKey, Utf8(Title));
        writer.Header(HintKey, Utf8(Hint));
        writer.Body(content);
        return writer.Seal(new MessageFacts(MessageKind.Text, Direction.Inbound) { Status = status, Content = ContentKind.Text, Whole = true });
    }

    /// <summary>Parts are written in Latin-1; this gives them the bytes of UTF-8.</summary>
    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
