using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>The words in which one client hears that something was refused.</summary>
internal interface IRefusalShape
{
    /// <summary>In place of a response.</summary>
    Reply Of(Refused refused);

    /// <summary>As the last event of a stream of events.</summary>
    Reply Event(Refused refused);
}
