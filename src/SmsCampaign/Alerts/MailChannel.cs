using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>Mails by SMTP, each person's by itself: one address that is refused keeps none of the others out.</summary>
sealed class MailChannel(SmtpSettings settings, TimeProvider time) : IAlertChannel
{
    /// <summary>Characters of what a server says that are shown.</summary>
    const int MostOfServer = 200;

    /// <summary>For tests with a server of their own making. Null: as the machine trusts.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    public async Task SendAsync(
        IReadOnlyList<AlertMessage> messages, Action<int, Wording?> done, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient
        {
            Timeout = (int)settings.TimeLimit.TotalMilliseconds,
            CheckCertificateRevocation = false, // as of every other connection: the list may be out of reach
        };
        if (Trust is not null)
            client.ServerCertificateValidationCallback = Trust;

        for (var at = 0; at < messages.Count; at++)
        {
            var trouble = await SendAsync(client, messages[at], cancellationToken);
            done(at, trouble);
            if (trouble is null || client.IsConnected)
                continue;

            // A server that does not answer, or lets nobody in, is not asked for the next: it would do so again.
            while (++at < messages.Count)
                done(at, trouble);
        }

        await LeaveAsync(client);
    }

    async Task<Wording?> SendAsync(SmtpClient client, AlertMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (!client.IsConnected)
                await ConnectAsync(client, cancellationToken);
            await WithinAsync(token => client.SendAsync(ToMail(message), token), cancellationToken);
            return null;
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            return WordsOf(failed);
        }
    }

    /// <summary>A server that does not let us in is left: mails would be handed over by nobody.</summary>
    async Task ConnectAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await WithinAsync(token => EnterAsync(client, token), cancellationToken);
        }
        catch
        {
            await LeaveAsync(client);
            throw;
        }
    }

    async Task EnterAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        await client.ConnectAsync(
            settings.Host,
            settings.Port,
            settings.Tls switch
            {
                MailTls.StartTls => SecureSocketOptions.StartTls,
                MailTls.OnConnect => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            },
            cancellationToken);
        if (settings is { User: { } user, Password: { } password })
            await client.AuthenticateAsync(user, password, cancellationToken);
    }

    /// <summary>A name that is not found and a connection that is not made have no limit of their own.</summary>
    async Task WithinAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException(late.Message, late);
        }
    }

    static async Task LeaveAsync(SmtpClient client)
    {
        try
        {
            // Everything is said: who does not answer this is left without it.
            await client.DisconnectAsync(quit: client.IsConnected, new CancellationToken(canceled: true));
        }
        catch (Exception gone) when (gone is not OutOfMemoryException)
        {
            // what was taken is taken
        }
    }

    MimeMessage ToMail(AlertMessage message)
    {
        var mail = new MimeMessage
        {
            Subject = message.Subject,
            Date = message.At,
            MessageId = $"{message.Id}@sms-campaign.invalid",
            Importance = message.Severity == AlertSeverity.Urgent ? MessageImportance.High : MessageImportance.Normal,
            Body = new TextPart("plain") { Text = message.Text },
        };
        mail.From.Add(new MailboxAddress($"SmsCampaign {message.Place.Name}", settings.From));
        mail.To.Add(new MailboxAddress(message.Person!.Name, message.Person.Mail));
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no answer by a machine
        mail.Headers.Add("X-SmsCampaign-Alert", $"{message.Kind}; {message.News}");
        return mail;
    }

    Wording WordsOf(Exception failed) => failed switch
    {
        TimeoutException => new Wording(
            $"máy chủ thư {settings.Host}:{settings.Port} không trả lời trong {Figures.Duration(settings.TimeLimit)}",
            $"the mail server {settings.Host}:{settings.Port} does not answer within "
                + $"{Figures.Duration(settings.TimeLimit)}"),
        AuthenticationException or System.Security.Authentication.AuthenticationException => new Wording(
            $"máy chủ thư {settings.Host} không nhận tên và mật khẩu",
            $"the mail server {settings.Host} does not take the name and password"),
        SslHandshakeException => new Wording(
            $"không lập được TLS với máy chủ thư {settings.Host}:{settings.Port} (chứng chỉ không được máy này tin, "
                + $"hoặc cổng mạng không dùng TLS)",
            $"no TLS with the mail server {settings.Host}:{settings.Port} (this machine does not trust its "
                + $"certificate, or the port has no TLS)"),
        NotSupportedException => new Wording(
            $"máy chủ thư {settings.Host}:{settings.Port} không có STARTTLS hoặc không cho đăng nhập",
            $"the mail server {settings.Host}:{settings.Port} has no STARTTLS, or no login"),
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused => new Wording(
            $"máy chủ thư không nhận địa chỉ người nhận (máy báo: {Said(refused)})",
            $"the mail server refuses the address (it says: {Said(refused)})"),
        SmtpCommandException refused => new Wording(
            $"máy chủ thư từ chối (máy báo: {Said(refused)})", $"the mail server refuses (it says: {Said(refused)})"),
        ServiceNotConnectedException or SocketException or IOException or ProtocolException => new Wording(
            $"không kết nối được máy chủ thư {settings.Host}:{settings.Port} ({FaultWords.Of(failed)})",
            $"no connection to the mail server {settings.Host}:{settings.Port} ({FaultWords.Of(failed)})"),
        _ => new Wording(
            $"không gửi được thư ({FaultWords.OfType(failed)})",
            $"the mail cannot be sent ({FaultWords.OfType(failed)})"),
    };

    string Said(SmtpCommandException refused)
    {
        var said = $"{(int)refused.StatusCode} {UnseenText.Show(refused.Message)}";
        if (settings.Password is { Length: > 0 } password)
            said = said.Replace(password, "***", StringComparison.Ordinal);
        return NumberMask.In(said.Length > MostOfServer ? said[..MostOfServer] : said);
    }
}
