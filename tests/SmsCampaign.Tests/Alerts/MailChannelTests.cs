using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmsCampaign.Alerts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Alerts;

/// <summary>Mails, over a real server on loopback.</summary>
public sealed class MailChannelTests : AlertCase
{
    [Fact]
    public async Task A_mail_is_read_as_it_was_written()
    {
        await using var server = await SmtpCatcher.StartAsync();

        Assert.Equal([null], await SendAsync(Plain(server), "An"));

        var mail = Assert.Single(server.Mails);
        Assert.Equal("[SmsCampaign Sở KH&CN] KHẨN: kênh gửi 'viettel' đã dừng hẳn", mail.Subject);
        Assert.Contains("Từ lúc: 30/07/2026 08:00", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("84912345678", mail.ToString(), StringComparison.Ordinal);
        Assert.Equal("\"An\" <an@so.example>", mail.To.ToString());
        Assert.Equal("SmsCampaign Sở KH&CN", Assert.IsType<MailboxAddress>(mail.From[0]).Name);
        Assert.Equal(Eight, mail.Date);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal(MessageImportance.High, mail.Importance);
    }

    [Fact]
    public async Task One_address_that_is_refused_keeps_none_of_the_others_out()
    {
        await using var server = await SmtpCatcher.StartAsync(refused: ["sai@so.example"]);

        var troubles = await SendAsync(Plain(server), "An", "Sai", "Bình");

        Assert.Null(troubles[0]);
        Assert.StartsWith(
            "máy chủ thư không nhận địa chỉ người nhận (máy báo: 550 ", troubles[1]?.Vi, StringComparison.Ordinal);
        Assert.Null(troubles[2]);
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task Over_tls_it_logs_in_and_sends()
    {
        using var certificate = SmtpCatcher.MakeCertificate();
        await using var server = await SmtpCatcher.StartAsync(certificate: certificate);
        var settings = Tls(server);

        var channel = new MailChannel(settings, _time)
        {
            Trust = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
        };
        Assert.Equal([null], await SendAsync(channel, Message("An")));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_certificate_that_this_machine_does_not_trust_gets_no_password_and_no_mail()
    {
        using var certificate = SmtpCatcher.MakeCertificate();
        await using var server = await SmtpCatcher.StartAsync(certificate: certificate);

        var trouble = Assert.Single(await SendAsync(Tls(server), "An"));

        Assert.Contains("chứng chỉ không được máy này tin", trouble?.Vi, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_said_unless_plain_was_asked_for()
    {
        await using var server = await SmtpCatcher.StartAsync();

        var trouble = Assert.Single(await SendAsync(Tls(server), "An"));

        Assert.Contains("không có STARTTLS", trouble?.Vi, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_wrong_password_is_said_without_the_password()
    {
        using var certificate = SmtpCatcher.MakeCertificate();
        await using var server = await SmtpCatcher.StartAsync(certificate: certificate);
        var settings = Tls(server);
        settings.Password = "sai-mat-khau";

        var channel = new MailChannel(settings, _time)
        {
            Trust = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
        };
        var troubles = await SendAsync(channel, Message("An"), Message("Bình"));

        Assert.All(
            troubles, trouble => Assert.Equal("máy chủ thư localhost không nhận tên và mật khẩu", trouble?.Vi));
        Assert.Empty(server.Mails); // nor by nobody in particular
    }

    [Fact]
    public async Task Where_nobody_listens_every_one_of_them_is_told_so_at_once()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var troubles = await SendAsync(
            new SmtpSettings { Host = "127.0.0.1", Port = port, Tls = MailTls.None, From = "a@b" }, "An", "Bình");

        Assert.All(troubles, trouble => Assert.StartsWith(
            $"không kết nối được máy chủ thư 127.0.0.1:{port} (", trouble?.Vi, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_never_answers_holds_up_one_limit_of_time_for_all()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var channel = new MailChannel(
            new SmtpSettings
            {
                Host = "127.0.0.1",
                Port = ((IPEndPoint)silent.LocalEndpoint).Port,
                Tls = MailTls.None,
                From = "a@b",
                TimeLimit = TimeSpan.FromSeconds(15),
            },
            _time);

        var sending = SendAsync(channel, Message("An"), Message("Bình"));
        using var accepted = await silent.AcceptTcpClientAsync();
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.All(
            await sending,
            trouble => Assert.EndsWith("không trả lời trong 15 giây", trouble?.Vi, StringComparison.Ordinal));
    }

    static SmtpSettings Plain(SmtpCatcher server) =>
        new() { Host = "localhost", Port = server.Port, Tls = MailTls.None, From = "sms@so.example" };

    static SmtpSettings Tls(SmtpCatcher server) => new()
    {
        Host = "localhost",
        Port = server.Port,
        From = "sms@so.example",
        User = "sms",
        Password = SmtpCatcher.Password,
    };

    Task<IReadOnlyList<Wording?>> SendAsync(SmtpSettings settings, params string[] names) =>
        SendAsync(new MailChannel(settings, _time), [.. names.Select(Message)]);

    AlertMessage Message(string name)
    {
        Raise(Some());
        return AlertMessage.Of(
            Book.Read(Eight)[0], AlertNews.Raised, 0, Receiver(name), Place, Language.Vietnamese, Eight);
    }
}
