using SmsCampaign.Alerts.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Alerts;

/// <summary>What is read of an alert: what, since when, where, and what to do.</summary>
sealed class AlertText(RaisedAlert raised, AlertNews news, int times, AlertPlace place)
{
    public Wording Subject
    {
        get
        {
            var what = raised.Alert.What;
            var (severity, time) = (AlertWords.Of(raised.Alert.Severity), Figures.Count(times + 1));
            return news switch
            {
                AlertNews.Over when raised.Alert.Kind.SaysHowItEnded() => Titled(place, what),
                AlertNews.Over => Titled(place, new Wording($"ĐÃ HẾT: {what}", $"OVER: {what}")),
                AlertNews.Reminder => Titled(place, new Wording(
                    $"{severity}, nhắc lần {time}: {what}", $"{severity}, reminder {time}: {what}")),
                _ => Titled(place, new Wording($"{severity}: {what}", $"{severity}: {what}")),
            };
        }
    }

    public Wording Body
    {
        get
        {
            var alert = raised.Alert;
            var since = VietnamTime.Moment(alert.Since);
            var lines = new List<Wording>();
            if (news == AlertNews.Over && raised.OverAt is { } at)
            {
                var over = VietnamTime.Moment(at);
                lines.Add(alert.Kind.SaysHowItEnded()
                    ? new Wording($"{alert.What} (lúc {over}).", $"{alert.What} (at {over}).")
                    : new Wording($"ĐÃ HẾT lúc {over}: {alert.What}.", $"OVER at {over}: {alert.What}."));
                lines.Add(new Wording($"Kéo dài từ: {since}", $"It lasted since: {since}"));
            }
            else
            {
                lines.Add(new Wording($"{alert.What}.", $"{alert.What}."));
                if (alert.Detail.Vi.Length > 0)
                    lines.Add(alert.Detail);
                lines.Add(alert.Kind.IsEvent()
                    ? new Wording($"Lúc: {since}", $"At: {since}")
                    : new Wording($"Từ lúc: {since}", $"Since: {since}"));
            }

            lines.Add(new Wording(
                $"Ở đâu: máy {place.Host}, thư mục dữ liệu {place.Folder}",
                $"Where: machine {place.Host}, data folder {place.Folder}"));
            if (news != AlertNews.Over && alert.Next.Vi.Length > 0)
                lines.Add(new Wording($"Việc cần làm: {alert.Next}", $"What to do: {alert.Next}"));
            lines.Add(new Wording("", ""));
            lines.Add(Footer);
            return Wording.Join("\n", lines);
        }
    }

    public static Wording TestSubject(AlertPlace place) => Titled(place, new Wording("thử cảnh báo", "test of alerts"));

    public static Wording TestBody(AlertPlace place, Wording receiver) => new(
        $"Đây là cảnh báo thử, không có gì xảy ra. Cảnh báo thật sẽ tới như thế này.\nNgười nhận: {receiver}\n"
            + $"Ở đâu: máy {place.Host}, thư mục dữ liệu {place.Folder}\n\n{Footer}",
        $"This is a test, and nothing has happened. An alert comes as this does.\nReceiver: {receiver}\n"
            + $"Where: machine {place.Host}, data folder {place.Folder}\n\n{Footer}");

    static Wording Titled(AlertPlace place, Wording what) => new(
        $"[SmsCampaign {place.Name}] {what}", $"[SmsCampaign {place.Name}] {what}");

    static Wording Footer { get; } = new(
        "Giờ Việt Nam. Chương trình SmsCampaign tự gửi; không trả lời thư này.\n"
            + "Xem toàn bộ tình hình: sms-campaign status",
        "Times are of Vietnam. Sent by SmsCampaign itself; do not reply.\nFor the whole picture: sms-campaign status");
}
