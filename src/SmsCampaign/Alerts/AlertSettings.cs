using System.ComponentModel.DataAnnotations;
using SmsCampaign.Carriers;
using SmsCampaign.Files.Binding;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>The language of what is told.</summary>
public enum AlertLanguage
{
    [Meaning(
        "Tiếng Việt.",
        "Vietnamese.")]
    Vi,

    [Meaning(
        "Tiếng Anh.",
        "English.")]
    En,
}

/// <summary>Who is told of what needs a person, and how: by mail, by a webhook, by a command of this machine.</summary>
public sealed class AlertSettings : ICheckedSettings
{
    [Meaning(
        "Tên của nơi cài đặt này, đứng đầu tiêu đề mọi cảnh báo, như [SmsCampaign Sở KHCN Đắk Lắk]. "
            + "Không ghi: tên máy.",
        "Name of this installation: every subject begins with it, as [SmsCampaign Sở KHCN Đắk Lắk]. "
            + "Unset: the name of the machine.")]
    [MinLength(1)]
    public string? Name { get; set; }

    [Meaning(
        "Ngôn ngữ của cảnh báo.",
        "Language of what is told.")]
    public AlertLanguage Language { get; set; } = AlertLanguage.Vi;

    [Meaning(
        "Bao lâu nhắc lại một lần khi việc vẫn còn. Việc chỉ để biết thì báo một lần.",
        "How often it is told again that something still is so. What is only good to know is told once.")]
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan RemindEvery { get; set; } = TimeSpan.FromHours(1);

    [Meaning(
        "Những người nhận thư. Có người nhận thì phải có smtp.",
        "Who gets mails. With persons there must be smtp.")]
    public List<AlertPerson> Persons { get; set; } = [];

    [Meaning(
        "Máy chủ nhận thư để gửi đi. Không ghi: không gửi thư.",
        "The server that takes our mails. Unset: none are sent.")]
    public SmtpSettings? Smtp { get; set; }

    [Meaning(
        "Địa chỉ được báo mọi việc bằng POST.",
        "An address that is told everything by POST.")]
    public WebhookSettings? Webhook { get; set; }

    [Meaning(
        "Chương trình trên máy này được báo mọi việc qua đầu vào chuẩn.",
        "A program of this machine that is told everything on its standard input.")]
    public HookSettings? Command { get; set; }

    /// <summary>Whether anybody is told of anything.</summary>
    public bool IsSet => Persons.Count > 0 || Webhook is not null || Command is not null;

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        if (Persons.Count > 0 && Smtp is null)
        {
            yield return new SettingsFault("persons", new Wording(
                "Có người nhận cảnh báo nhưng chưa có máy chủ thư: hãy thêm 'smtp'.",
                "There are persons and no mail server: add 'smtp'."));
        }

        if (Smtp is not null && Persons.Count == 0)
        {
            yield return new SettingsFault("smtp", new Wording(
                "Có máy chủ thư nhưng chưa có ai nhận: hãy thêm 'persons'.",
                "There is a mail server and nobody who gets mails: add 'persons'."));
        }

        for (var at = 0; at < Persons.Count; at++)
        {
            if (Persons.FindIndex(person =>
                person.Mail.Equals(Persons[at].Mail, StringComparison.OrdinalIgnoreCase)) < at)
            {
                yield return new SettingsFault($"persons[{at}].mail", new Wording(
                    $"Địa chỉ {Persons[at].Mail} đã có ở trên; mỗi địa chỉ ghi một lần.",
                    $"The address {Persons[at].Mail} stands above already; write each once."));
            }
        }
    }
}

/// <summary>Who is told, from how bad on, and when not.</summary>
public abstract class ReceiverSettings : ICheckedSettings
{
    [Meaning(
        "Báo từ mức này trở lên.",
        "What is told: from this severity on.")]
    public AlertSeverity SeverityFrom { get; set; } = AlertSeverity.Info;

    [Meaning(
        "Khoảng giờ Việt Nam chỉ báo việc khẩn, như 21:30-06:30; việc khác báo sau đó.",
        "Hours of Vietnam in which only what is urgent is told, such as 21:30-06:30; the rest is told "
            + "afterwards.")]
    [RegularExpression(Alerts.QuietHours.Pattern), SuchAs("21:30-06:30")]
    public string? QuietHours { get; set; }

    internal QuietHours? Quiet => QuietHours is { } written ? Alerts.QuietHours.Parse(written) : null;

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        if (Quiet is { IsEmpty: true })
        {
            yield return new SettingsFault("quietHours", new Wording(
                "Giờ bắt đầu và giờ kết thúc giống nhau: hãy ghi hai giờ khác nhau, như 21:30-06:30, hoặc bỏ khóa này.",
                "It begins when it ends: write two different hours, such as 21:30-06:30, or take the key out."));
        }

        foreach (var fault in OwnFaults())
            yield return fault;
    }

    private protected virtual IEnumerable<SettingsFault> OwnFaults() => [];
}

[Meaning("Một người nhận thư.", "Somebody who gets mails.")]
public sealed class AlertPerson : ReceiverSettings
{
    [Meaning(
        "Họ tên.",
        "The person's name.")]
    [Required]
    public string Name { get; set; } = "";

    [Meaning(
        "Địa chỉ thư.",
        "The person's address.")]
    [Required, RegularExpression(MailAddressPattern), SuchAs("nguyenvana@so.example.gov.vn")]
    public string Mail { get; set; } = "";

    internal const string MailAddressPattern = @"[^@\s<>"",;:\\]{1,64}@[A-Za-z0-9.-]{1,190}";
}

/// <summary>How a connection to a mail server is kept from being read.</summary>
public enum MailTls
{
    [Meaning(
        "Bắt đầu không mã hóa và phải chuyển sang TLS trước khi nói gì (cổng mạng 587).",
        "It begins plain and must become TLS before anything is said (port 587).")]
    StartTls,

    [Meaning(
        "TLS từ byte đầu tiên (cổng mạng 465).",
        "TLS from the first byte (port 465).")]
    OnConnect,

    [Meaning(
        "Không mã hóa: chỉ trong máy này, hoặc khi có allowPlain.",
        "Plain: only on this machine, or with allowPlain.")]
    None,
}

/// <summary>The server that takes our mails.</summary>
public sealed class SmtpSettings : ICheckedSettings
{
    const string ReasonKey = "allowPlain";

    [Meaning(
        "Tên máy hoặc địa chỉ IP.",
        "Its name or IP address.")]
    [Required, SuchAs("mail.example.gov.vn")]
    public string Host { get; set; } = "";

    [Meaning(
        "Cổng mạng.",
        "Its port.")]
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    [Meaning(
        "Cách giữ kết nối không bị đọc. Chứng chỉ phải là loại máy này tin.",
        "How the connection is kept from being read. A certificate must be one that this machine trusts.")]
    public MailTls Tls { get; set; } = MailTls.StartTls;

    [Meaning(
        "Lý do gửi thư tới máy khác không có TLS, ít nhất 10 ký tự: nội dung thư khi ấy có thể bị đọc "
            + "trên đường. Không ghi: không được. Không bao giờ kèm mật khẩu.",
        "Why mails go to another machine without TLS, at least 10 characters: their text can then be "
            + "read on the way. Unset: they may not. Never with a password.")]
    public string? AllowPlain { get; set; }

    [Meaning(
        "Tên tài khoản, đi cùng password. Không ghi: không đăng nhập.",
        "Name of the account, with the password. Unset: nobody logs in.")]
    [MinLength(1)]
    public string? User { get; set; }

    [Meaning(
        "Mật khẩu của tài khoản, lấy từ biến môi trường hoặc tệp.",
        "Password of the account, from the environment or a file.")]
    [Secret]
    public string? Password { get; set; }

    [Meaning(
        "Địa chỉ người gửi thư.",
        "Address that mails come from.")]
    [Required, RegularExpression(AlertPerson.MailAddressPattern), SuchAs("sms-campaign@so.example.gov.vn")]
    public string From { get; set; } = "";

    [Meaning(
        "Thời gian lâu nhất để kết nối và đăng nhập, rồi để giao mỗi thư.",
        "Longest time to connect and log in, and then to hand over each mail.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(15);

    internal bool IsHere => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(Host, out var address) && System.Net.IPAddress.IsLoopback(address));

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        if (User is null != Password is null)
        {
            yield return new SettingsFault(User is null ? "password" : "user", new Wording(
                "'user' và 'password' phải đi cùng nhau.", "'user' and 'password' go together."));
        }

        if (Tls == MailTls.None && !IsHere && AllowPlain is null)
        {
            yield return new SettingsFault("tls", new Wording(
                $"Không có TLS thì thư đi tới máy khác ở dạng đọc được. Hãy dùng startTls hoặc onConnect; nếu máy chủ "
                    + $"không có, ghi lý do vào '{ReasonKey}'.",
                $"Without TLS mails can be read on their way to another machine. Use startTls or onConnect; where the "
                    + $"server has neither, write why into '{ReasonKey}'."));
        }

        if (Tls == MailTls.None && !IsHere && Password is not null)
        {
            yield return new SettingsFault("password", new Wording(
                "Không gửi mật khẩu tới máy khác khi không có TLS.",
                "No password is sent to another machine without TLS."));
        }

        if (AllowPlain is not { } reason)
            yield break;

        if (Tls != MailTls.None || IsHere)
        {
            yield return new SettingsFault(ReasonKey, new Wording(
                "Thư không đi qua mạng ở dạng đọc được nên không cần lý do; hãy bỏ khóa này.",
                "No mail goes over a network without TLS, so no reason is needed; take the key out."));
        }
        else if (reason.Trim().Length < LaneOptions.ShortestReason)
        {
            yield return new SettingsFault(ReasonKey, new Wording(
                $"Hãy ghi rõ lý do (ít nhất {LaneOptions.ShortestReason} ký tự): vì sao không có TLS, đường truyền "
                    + $"được bảo vệ thế nào.",
                $"Write the reason (at least {LaneOptions.ShortestReason} characters): why there is no TLS, and what "
                    + $"protects the line."));
        }
    }
}

/// <summary>An address that is told by POST, as JSON.</summary>
public sealed class WebhookSettings : ReceiverSettings
{
    [Meaning(
        "Nơi được báo: https, hoặc http trong máy này. Không đi theo chuyển hướng.",
        "Where it is told: https, or http on this machine. No redirect is followed.")]
    [Required, SuchAs("https://chat.example.gov.vn/hooks/sms")]
    public Uri? Url { get; set; }

    [Meaning(
        "Khóa ký, ít nhất 16 ký tự, lấy từ biến môi trường hoặc tệp. Tiêu đề X-SmsCampaign-Signature là "
            + "sha256= và HMAC-SHA256, viết bằng hệ 16, của X-SmsCampaign-Time, một dấu chấm và nội dung.",
        "Key of the signature, 16 characters at least, from the environment or a file. The header "
            + "X-SmsCampaign-Signature is sha256= and the HMAC-SHA256, in hexadecimal, of X-SmsCampaign-Time, "
            + "a full stop and the body.")]
    [Required, Secret, RegularExpression(".{16,1000}")]
    public string Secret { get; set; } = "";

    [Meaning(
        "Thời gian lâu nhất để báo mỗi việc, tính cả kết nối. Không ai trả lời thì các việc còn lại của lượt đó để "
            + "lượt sau.",
        "Longest time to tell each thing, connecting included. Where nobody answers, the rest of that turn waits for "
            + "the next.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    private protected override IEnumerable<SettingsFault> OwnFaults()
    {
        if (Url is not { IsAbsoluteUri: true, Scheme: "https" } and not { Scheme: "http", IsLoopback: true })
        {
            yield return new SettingsFault("url", new Wording(
                "Cần địa chỉ https đầy đủ (http chỉ được dùng trong máy này).",
                "Expected a full https address (http only on this machine)."));
        }

        if (Url is { UserInfo.Length: > 0 })
        {
            yield return new SettingsFault("url", new Wording(
                "Không viết tên và mật khẩu trong địa chỉ; hãy bỏ phần đó.",
                "No name and password in the address; take them out."));
        }
    }
}

/// <summary>A program that is told on its standard input, as JSON.</summary>
public sealed class HookSettings : ReceiverSettings
{
    [Meaning(
        "Tệp chương trình. Đường dẫn tính từ tệp cấu hình. Không qua shell. Trong các biến môi trường, "
            + "chương trình ấy chỉ thấy PATH, HOME, LANG, TZ và thư mục tạm.",
        "The program's file. A path is relative to the installation file. No shell reads it. Of the "
            + "environment it sees PATH, HOME, LANG, TZ and the folder for temporary files alone.")]
    [Required, SuchAs("/usr/local/bin/bao-zalo")]
    public string Path { get; set; } = "";

    [Meaning(
        "Các tham số, mỗi tham số ghi riêng.",
        "Its arguments, each by itself.")]
    public List<string> Arguments { get; set; } = [];

    [Meaning(
        "Thời gian lâu nhất để báo mỗi việc: quá thì bị ngắt, tính là không báo được, và các việc còn lại của lượt đó "
            + "để lượt sau.",
        "Longest time to tell each thing: after it, it is killed, counts as failed, and the rest of that turn waits "
            + "for the next.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    internal void Resolve(string folder) => Path = System.IO.Path.GetFullPath(Path, folder);
}
