using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>How large a file may be that comes with a form.</summary>
/// <param name="Most">Bytes.</param>
/// <param name="TooLarge">What to say of a larger one, or of one that did not arrive whole.</param>
/// <param name="OtherName">What it is called where its own name says nothing.</param>
sealed record UploadLimits(long Most, Wording TooLarge, string OtherName)
{
    /// <summary>Says why so many bytes more are not taken, as for want of room; null: they are. It is asked before the
    /// file, and while it comes.</summary>
    public Func<long, Wording?>? Refuse { get; init; }

    /// <summary>Lets the file in once the form is known to be ours, or says why not; null: whatever comes is let
    /// in.</summary>
    public Func<Wording?>? Enter { get; init; }
}

/// <summary>
/// A form with one file as its last field, from a browser: streamed into a folder of its own within the data folder,
/// for it may hold numbers in full. Whoever asked for it removes the folder whatever comes of it.
/// </summary>
sealed class FormUpload
{
    const int MostFields = 12;
    const int LongestField = 4 * 1024;
    const int LongestName = 100;

    /// <summary>Of <see cref="AntiforgeryOptions.HeaderName"/>.</summary>
    const string AntiforgeryHeader = "RequestVerificationToken";

    /// <summary>Bytes between two looks at the room there is.</summary>
    const int BetweenLooks = 16 * 1024 * 1024;

    static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>Folders that this process has and will remove itself.</summary>
    static readonly ConcurrentDictionary<string, bool> Own = new();

    readonly Dictionary<string, string> _fields = [];

    /// <summary>As a person may know it again: no folder, nothing that is not seen, and no number in full.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Full path; empty before it came.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Why it is not to be read.</summary>
    public Wording? Refusal { get; private set; }

    public string Of(string field) => _fields.GetValueOrDefault(field)?.Trim() ?? "";

    /// <returns>Null where nothing is written.</returns>
    public string? Find(string field) => Of(field) is { Length: > 0 } text ? text : null;

    /// <summary>Full path of a folder that nobody else has: it is not made yet.</summary>
    public static string NewFolder(DataFolder data)
    {
        var folder = System.IO.Path.GetFullPath(
            System.IO.Path.Combine(FolderOf(data), System.IO.Path.GetRandomFileName()));
        Own[folder] = true;
        return folder;
    }

    /// <summary>Removes such a folder, if it is there. Where it cannot be, it is swept once it is old.</summary>
    public static void Remove(string folder)
    {
        Own.TryRemove(folder, out _);
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // somebody reads from it: what was done with it is done all the same
        }
    }

    /// <summary>Removes what processes that were killed have left, once it is a day old.</summary>
    public static void Sweep(DataFolder data, TimeProvider time)
    {
        foreach (var folder in ReadFolders(data).Where(each => !Own.ContainsKey(each.FullName)))
        {
            try
            {
                if (folder.LastWriteTimeUtc < time.GetUtcNow() - Forgotten)
                    folder.Delete(recursive: true);
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                // another process of ours has it: it is removed by that one, or the next time
            }
        }
    }

    static DirectoryInfo[] ReadFolders(DataFolder data)
    {
        try
        {
            return new DirectoryInfo(FolderOf(data)).GetDirectories();
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return []; // nothing was brought yet; or who brings something is told
        }
    }

    /// <param name="folder">As of <see cref="NewFolder"/>.</param>
    /// <returns>Null where it is no form of ours.</returns>
    public static async Task<FormUpload?> ReadAsync(HttpContext context, string folder, UploadLimits limits)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
            return null;

        // What says that it is larger is refused by us, once the form is known to be ours, and not by the server.
        var whole = limits.Most + LongestField * MostFields;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = context.Request.ContentLength > whole ? null : whole;

        var upload = new FormUpload();
        var reader = new MultipartReader(boundary, context.Request.Body) { BodyLengthLimit = limits.Most };
        try
        {
            for (var fields = 0; await reader.ReadNextSectionAsync(context.RequestAborted) is { } section; fields++)
            {
                if (fields == MostFields || section.GetContentDispositionHeader() is not { } about)
                    return null;

                if (about.IsFormDisposition())
                {
                    var name = HeaderUtilities.RemoveQuotes(about.Name).ToString();
                    upload._fields[name] = await ReadFieldAsync(section, context);
                    continue;
                }

                // The file is last in the form: before anything of it is kept, it is known that the form is ours.
                if (upload.Path.Length > 0 || !await upload.IsOursAsync(context))
                    return null;

                upload.Name = NameOf(about, limits.OtherName);
                upload.Refusal = (context.Request.ContentLength is { } length
                    ? length > whole ? limits.TooLarge : limits.Refuse?.Invoke(length)
                    : null) ?? limits.Enter?.Invoke();
                if (upload.Refusal is not null)
                    return upload;

                PrivateFiles.MakeFolder(folder);
                upload.Path = System.IO.Path.Combine(folder, upload.Name);
                await upload.KeepAsync(section, limits, context.RequestAborted);
                if (upload.Refusal is not null)
                    return upload;
            }
        }
        catch (Exception tooMuch) when (tooMuch is InvalidDataException or BadHttpRequestException
            && upload.Path.Length > 0)
        {
            upload.Refusal = limits.TooLarge;
        }
        catch (Exception broken) when (broken is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }

        return upload.Path.Length > 0 ? upload : null;
    }

    async Task KeepAsync(MultipartSection section, UploadLimits limits, CancellationToken cancellationToken)
    {
        await using var file = PrivateFiles.Create(Path, FileShare.None);
        var bytes = new byte[80 * 1024];
        var nextLook = (long)BetweenLooks;
        while (await section.Body.ReadAsync(bytes, cancellationToken) is > 0 and var read)
        {
            await file.WriteAsync(bytes.AsMemory(0, read), cancellationToken);
            if (file.Length < nextLook)
                continue;

            nextLook += BetweenLooks;
            if (limits.Refuse?.Invoke(BetweenLooks) is { } refusal)
            {
                Refusal = refusal;
                return;
            }
        }

        if (file.Length == 0)
            Refusal = new Wording("Chưa chọn tệp, hoặc tệp trống.", "No file was chosen, or it is empty.");
    }

    static async Task<string> ReadFieldAsync(MultipartSection section, HttpContext context)
    {
        var bytes = new byte[LongestField];
        var length = await section.Body.ReadAtLeastAsync(
            bytes, bytes.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length == bytes.Length
            ? throw new InvalidDataException("a field is too long")
            : Encoding.UTF8.GetString(bytes, 0, length);
    }

    Task<bool> IsOursAsync(HttpContext context)
    {
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        context.Request.Headers[AntiforgeryHeader] = Of("__RequestVerificationToken");
        return antiforgery.IsRequestValidAsync(context);
    }

    static string NameOf(ContentDispositionHeaderValue about, string otherName)
    {
        var given = HeaderUtilities.RemoveQuotes(
            about.FileNameStar.HasValue ? about.FileNameStar : about.FileName).Value ?? "";
        var last = given.Split('/', '\\')[^1].Normalize();
        var name = new string([.. last.Where(letter =>
            char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_' or '.' or '(' or ')')]).Trim(' ', '.');
        name = NumberMask.In(name);
        return name.Length == 0 ? otherName : name.Length > LongestName ? name[^LongestName..].Trim(' ', '.') : name;
    }

    static string FolderOf(DataFolder data) => System.IO.Path.Combine(data.Root, "uploads");
}
