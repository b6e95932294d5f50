using System.Net.Sockets;
using SmsCampaign.Files;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Files;

public sealed class OrdinaryFileTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_ordinary_file_is_read_also_through_a_link()
    {
        var file = _folder.Write("a.csv", "chữ");
        File.CreateSymbolicLink(_folder.File("b.csv"), file);

        Assert.Equal("chữ", OrdinaryFile.ReadAllText(_folder.File("b.csv")));
    }

    [Fact]
    public void A_pipe_is_refused_before_it_is_opened_for_opening_it_would_wait()
    {
        Machine.NeedsLinux("pipes are its");
        PipeFile.Make(_folder.File("ống"));
        File.CreateSymbolicLink(_folder.File("a.csv"), _folder.File("ống"));

        var refused = Assert.Throws<NotOrdinaryFileException>(() => OrdinaryFile.OpenRead(_folder.File("a.csv")));

        Assert.Contains("FIFO", refused.Words.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_is_refused()
    {
        Machine.NeedsLinux("sockets in files are its");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("s")));

        Assert.Contains("socket", OrdinaryFile.Refuse(_folder.File("s"))?.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/stdin")]
    [InlineData("/proc/self/environ")]
    [InlineData("/proc/../proc/1/environ")]
    [InlineData("/sys/kernel/uevent_helper")]
    public void What_the_system_shows_of_itself_is_refused_also_through_links(string path)
    {
        Machine.NeedsLinux("/proc and /sys are its");
        Directory.CreateSymbolicLink(_folder.File("d"), Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(_folder.File("a.csv"), $"d/{Path.GetFileName(path)}");

        Assert.NotNull(OrdinaryFile.Refuse(path));
        Assert.NotNull(OrdinaryFile.Refuse(_folder.File("a.csv")));
    }

    [Fact]
    public void Links_in_a_ring_are_followed_only_so_often()
    {
        File.CreateSymbolicLink(_folder.File("a"), _folder.File("b"));
        File.CreateSymbolicLink(_folder.File("b"), _folder.File("a"));

        Assert.Null(OrdinaryFile.Refuse(_folder.File("a")));
        Assert.ThrowsAny<IOException>(() => OrdinaryFile.OpenRead(_folder.File("a")));
    }
}
