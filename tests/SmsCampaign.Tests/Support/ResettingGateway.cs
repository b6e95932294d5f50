using System.Net;
using System.Net.Sockets;

namespace SmsCampaign.Tests.Support;

/// <summary>A gateway that resets every connection as soon as it stands.</summary>
sealed class ResettingGateway : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ResettingGateway()
    {
        _listener.Start();
        new Thread(Reset) { IsBackground = true }.Start();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}/");

    public void Dispose() => _listener.Dispose();

    void Reset()
    {
        try
        {
            while (true)
            {
                using var socket = _listener.AcceptSocket();
                socket.LingerState = new LingerOption(enable: true, seconds: 0); // closing it resets it
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed: the test is over
        }
    }
}
