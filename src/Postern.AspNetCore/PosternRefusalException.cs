using System.Net;
using Postern.Engine.Inspection;

namespace Postern.AspNetCore;

/// <summary>A message did not pass the checkpoint. Holds nothing of its content.</summary>
public sealed class PosternRefusalException : HttpRequestException
{
    internal PosternRefusalException(Refused refused, int status)
        : base("Refused by Postern: " + refused.Detail, null, (HttpStatusCode)status)
    {
        Rule = refused.RuleId;
        Where = refused.Decisive?.Where ?? string.Empty;
        Evidence = refused.Evidence?.ToString() ?? string.Empty;
        Remedy = refused.Remedy;
    }

    /// <summary>The stable id of the rule behind it, such as <c>secret.aws.access-key-id</c>; <c>postern explain</c> knows it.</summary>
    public string Rule { get; }

    /// <summary>The place in the message, such as <c>body$.memo</c>; empty when it is about the whole.</summary>
    public string Where { get; }

    /// <summary>The record in the evidence; empty when it could not be kept, and then nothing passes.</summary>
    public string Evidence { get; }

    /// <summary>What to do next, for people.</summary>
    public string Remedy { get; }
}
