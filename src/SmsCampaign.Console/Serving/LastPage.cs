using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>What is said where the page that tells of a fault cannot be drawn either, as the list of who may sign in
/// cannot be read: a page of words alone, for whoever asks.</summary>
static partial class LastPage
{
    public static void Use(WebApplication web, ConsolePlace place)
    {
        var speech = web.Services.GetRequiredService<Speech>();
        var encoder = web.Services.GetRequiredService<HtmlEncoder>();
        var logger = web.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LastPage));
        web.Use(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (Exception broken) when (
                !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                Log.NotShown(logger, WhyOf(broken, place.Data), broken);
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(Draw(speech, encoder, CauseOf(broken, place.Data)));
            }
        });
    }

    static string WhyOf(Exception broken, DataFolder data) =>
        NumberMask.In(
            (StorageFaults.Describe(PeopleStore.Name(broken, data) ?? broken, data) ?? FaultWords.Of(broken)).En);

    /// <summary>What has failed, for who may be a stranger: no path is told.</summary>
    public static Wording CauseOf(Exception broken, DataFolder data)
    {
        var file = (PeopleStore.Name(broken, data) ?? broken as LedgerException)?.File;
        if (file is null)
            return new Wording("Chương trình gặp lỗi.", "The program has met a fault.");

        var what = data.Postgres is not null && !Path.IsPathRooted(file)
            ? new Wording("cơ sở dữ liệu PostgreSQL", "The database of PostgreSQL")
            : new Wording($"tệp {Path.GetFileName(file)}", $"The file {Path.GetFileName(file)}");
        return file == data.PeopleName
            ? new Wording(
                $"Không đọc hoặc ghi được {what}, nơi giữ người dùng và phiên đăng nhập của trang web, nên không biết "
                    + $"ai đang đăng nhập.",
                $"{what} cannot be read or written: it holds the users of these pages and their sessions, so it is "
                    + $"not known who is signed in.")
            : new Wording($"Không đọc hoặc ghi được {what}.", $"{what} cannot be read or written.");
    }

    static string Draw(Speech speech, HtmlEncoder encoder, Wording cause)
    {
        var title = speech.Text(new Wording("Trang không mở được", "The page cannot be shown"));
        Wording[] lines =
        [
            cause,
            new(
                "Việc gửi tin không phụ thuộc các trang này; trang này không biết dịch vụ gửi có đang chạy hay không.",
                "Sending does not depend on these pages; whether the sending service runs is not known here."),
            new(
                "Nếu vừa bấm một nút thì chưa biết việc đó đã được ghi hay chưa.",
                "If a button was pressed, whether that is on record is not known."),
            new(
                "Gọi kỹ sư phụ trách. Cần dừng gửi ngay thì dùng lệnh 'pause' trên máy chủ.",
                "Call your engineer. To stop sending at once, use the verb 'pause' on the server."),
        ];
        var body = string.Concat(lines.Select(line => $"<p>{encoder.Encode(speech.Text(line))}</p>\n"));
        return $"""
            <!DOCTYPE html>
            <html lang="{speech.Text(new Wording("vi", "en"))}">
            <head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>{encoder.Encode(title)}</title></head>
            <body><main>
            <h1>{encoder.Encode(title)}</h1>
            {body}</main></body>
            </html>

            """;
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A page cannot be shown, nor what is wrong with it: {Why}")]
        public static partial void NotShown(ILogger logger, string why, Exception thrown);
    }
}
