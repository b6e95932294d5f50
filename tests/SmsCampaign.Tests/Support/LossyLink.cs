using System.Net;
using System.Net.Sockets;

namespace SmsCampaign.Tests.Support;

/// <summary>Stands between a client and a server on loopback, and loses what they say to one another.</summary>
sealed class LossyLink : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    volatile int _to;
    volatile bool _losesAnswers;

    /// <param name="to">Port of the server.</param>
    public LossyLink(int to)
    {
        _to = to;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ListenAsync();
    }

    /// <summary>To which the client is to connect.</summary>
    public int Port { get; }

    /// <summary>The next time the client says something the server gets it, and what it answers is lost with the
    /// connection. Later ones work.</summary>
    public void LoseNextAnswer() => _losesAnswers = true;

    /// <summary>New connections go to another server.</summary>
    public void LeadTo(int port) => _to = port;

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
    }

    async Task ListenAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                _ = JoinAsync(client);
            }
            catch (Exception over)
                when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task JoinAsync(TcpClient client)
    {
        using var theirs = client;
        using var ours = new TcpClient();
        try
        {
            await ours.ConnectAsync(IPAddress.Loopback, _to, _over.Token);
            var isLost = false;
            await Task.WhenAny(
                PassAsync(theirs.GetStream(), ours.GetStream(), () =>
                {
                    if (_losesAnswers)
                        (isLost, _losesAnswers) = (true, false);
                    return true;
                }),
                PassAsync(ours.GetStream(), theirs.GetStream(), () => !isLost));
        }
        catch (Exception lost) when (lost is IOException or SocketException or OperationCanceledException)
        {
        }
    }

    /// <param name="isPassed">Asked of each piece, which is not passed on where it says no: that is the end.</param>
    async Task PassAsync(NetworkStream from, NetworkStream to, Func<bool> isPassed)
    {
        var piece = new byte[65_536];
        while (await from.ReadAsync(piece, _over.Token) is > 0 and var length)
        {
            if (!isPassed())
                return;

            await to.WriteAsync(piece.AsMemory(0, length), _over.Token);
        }
    }
}
