using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmsCampaign.Tests.Support;

/// <summary>A client that writes what it is told, byte by byte, from an address of its own: every 127.x.y.z is this
/// machine's on Linux.</summary>
sealed class RawClient : IDisposable
{
    /// <summary>Only what never comes takes so long, on however busy a machine.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Socket _socket;
    bool _isReset;

    RawClient(Socket socket) => _socket = socket;

    /// <param name="from">Such as 127.0.0.2.</param>
    public static async Task<RawClient> ConnectAsync(Uri to, string from = "127.0.0.1")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        var client = new RawClient(socket);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, to.Port);
        }
        catch (SocketException reset)
            when (reset.SocketErrorCode == SocketError.ConnectionReset) // closed as soon as it stood
        {
            client._isReset = true;
        }

        return client;
    }

    /// <summary>A callback whose body is told to be so long; a part of it comes.</summary>
    public static async Task<RawClient> BeginAsync(Uri to, string from, int length, int come)
    {
        var client = await ConnectAsync(to, from);
        await client.WriteAsync(
            $"POST /receipts/viettel HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n{new string('x', come)}");
        return client;
    }

    /// <summary>A whole callback, and the status of its answer.</summary>
    /// <returns>0 where the connection was closed without one.</returns>
    public static async Task<int> PostAsync(Uri to, string from, int length)
    {
        using var client = await ConnectAsync(to, from);
        try
        {
            await client.WriteAsync(
                $"POST /receipts/viettel HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n"
                + $"{new string('x', length)}");
        }
        catch (SocketException) // closed meanwhile
        {
        }

        return await client.ReadStatusAsync();
    }

    public async Task WriteAsync(string bytes)
    {
        for (var left = Encoding.ASCII.GetBytes(bytes).AsMemory(); left.Length > 0;)
            left = left[await _socket.SendAsync(left)..];
    }

    public void EndWriting() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Whether the other side has closed it.</summary>
    public bool IsClosed
    {
        get
        {
            try
            {
                return _isReset || (_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }

    /// <summary>Whether it has been answered or closed.</summary>
    public bool IsAnswered => _socket.Poll(0, SelectMode.SelectRead);

    /// <returns>0 where the connection was closed without an answer.</returns>
    public async Task<int> ReadStatusAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var head = new StringBuilder();
        var buffer = new byte[1];
        try
        {
            while (!head.ToString().EndsWith("\r\n", StringComparison.Ordinal)
                && await _socket.ReceiveAsync(buffer, deadline.Token) == 1)
                head.Append((char)buffer[0]);
        }
        catch (SocketException) // closed with bytes of ours unread
        {
        }

        return head.ToString().Split(' ') is [_, { Length: 3 } status, ..]
            ? int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>Ends when the other side has closed it.</summary>
    /// <returns>What it said before.</returns>
    public async Task<string> ReadToEndAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        var read = new StringBuilder();
        try
        {
            while (await _socket.ReceiveAsync(buffer, deadline.Token) is var count and > 0)
                read.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
        }

        return read.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
