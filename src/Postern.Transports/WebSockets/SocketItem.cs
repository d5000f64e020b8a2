using Postern.Engine.Flow;

namespace Postern.Transports.WebSockets;

/// <summary>A piece that became a message, with what the message does not carry.</summary>
internal readonly record struct SocketItem(Message Message, SocketOpcode Opcode, ushort CloseCode, SocketFault Fault);
