using SmsCampaign.Files.Binding;

namespace SmsCampaign.Installations;

/// <summary>How the log is written.</summary>
public enum LogForm
{
    [Meaning(
        "JSON khi chạy dưới systemd, chữ thường ở nơi khác.",
        "JSON under systemd, plain lines elsewhere.")]
    Auto,

    [Meaning("Mỗi dòng một bản ghi JSON.", "A JSON object a line.")]
    Json,

    [Meaning("Mỗi dòng một bản ghi dạng chữ.", "A plain line a record.")]
    Text,
}

/// <summary>How the worker is seen from outside: figures, health, traces, log.</summary>
public sealed class ManagementSettings : ICheckedSettings
{
    [Meaning(
        "Địa chỉ để hệ thống giám sát đọc: /metrics (Prometheus), /health/live và /health/ready. Gồm http, địa chỉ "
            + "IP hoặc localhost, cổng mạng, và không có gì phía sau; để trống thì không mở. Khác với receipts.listen: "
            + "nơi ấy không có các đường dẫn này. Ai gọi được địa chỉ cũng đọc được, nên hãy để trong máy này.",
        "Address at which monitoring reads: /metrics (Prometheus), /health/live and /health/ready. Http, an IP "
            + "address or localhost, a port, and nothing behind it; empty: none is opened. Another than "
            + "receipts.listen, which has none of these paths. Whoever reaches the address can read it, so leave it "
            + "on this machine.")]
    [SuchAs("http://127.0.0.1:9464")]
    public string Listen { get; set; } = "http://127.0.0.1:9464";

    [Meaning(
        "Nơi nhận số liệu và vết theo giao thức OTLP/HTTP (protobuf), không kèm /v1/metrics. Không ghi: theo biến môi "
            + "trường OTEL_EXPORTER_OTLP_ENDPOINT; không có cả hai thì không gửi đi đâu.",
        "Where metrics and traces are sent by OTLP over HTTP (protobuf), without /v1/metrics. Unset: where the "
            + "variable OTEL_EXPORTER_OTLP_ENDPOINT says; without either nothing is sent.")]
    [SuchAs("http://127.0.0.1:4318")]
    public Uri? Otlp { get; set; }

    [Meaning("Dạng của nhật ký.", "How the log is written.")]
    public LogForm Logs { get; set; } = LogForm.Auto;

    /// <summary>Null: none is opened.</summary>
    public Uri? Address => Listen.Length > 0 ? new Uri(Listen) : null;

    IEnumerable<SettingsFault> ICheckedSettings.Check()
    {
        if (Listen.Length > 0
            && !(Uri.TryCreate(Listen, UriKind.Absolute, out var address) && ListenAddress.IsGood(address)))
        {
            yield return new SettingsFault("listen", new Wording(
                $"Cần http://, địa chỉ IP hoặc localhost, cổng, và không có gì phía sau, như http://127.0.0.1:9464, "
                    + $"hoặc để trống; đang là '{Listen}'.",
                $"Expected http://, an IP address or localhost, a port, and nothing behind it, such as "
                    + $"http://127.0.0.1:9464, or nothing; found '{Listen}'."));
        }

        if (Otlp is not null && Otlp is not { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
        {
            yield return new SettingsFault("otlp", new Wording(
                $"Cần http:// hoặc https://, không có tên, mật khẩu hay phần sau dấu ?, như http://127.0.0.1:4318; "
                    + $"khóa truy cập thì đặt trong biến OTEL_EXPORTER_OTLP_HEADERS.",
                $"Expected http:// or https:// without a name, a password or a query, such as http://127.0.0.1:4318; "
                    + $"a key of access goes into the variable OTEL_EXPORTER_OTLP_HEADERS."));
        }
    }
}
