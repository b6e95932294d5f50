using System.Reflection;
using System.Text;
using SmsCampaign.Files;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Commands;

/// <summary>
/// What <c>check</c> shows, with its warnings: on the screen, and as files that go with the papers to be signed.
/// </summary>
sealed class CheckDossier
{
    readonly PlannedCampaign _planned;
    readonly IReadOnlyList<Problem> _problems;

    public CheckDossier(PlannedCampaign planned, IReadOnlyList<Problem> problems, Language language)
    {
        (_planned, _problems) = (planned, problems);
        Page = Make(language, withErrors: false);
    }

    /// <summary>Errors are not on it: they are told apart.</summary>
    public Page Page { get; }

    /// <summary>Writes it as text and as a page, each in the place of one of before, errors included.</summary>
    public bool TryWrite(string folder, Terminal terminal)
    {
        folder = Path.TrimEndingDirectorySeparator(folder); // with one, a link is what it leads to
        if (FileNames.Refuse(Path.GetFileName(folder)) is { } reason)
        {
            terminal.SayError(reason);
            return false;
        }

        if (RealPath.ReadLink(folder) is { } target)
        {
            terminal.SayError(new Wording(
                $"{folder} là một liên kết (tới {target}), nên không ghi hồ sơ vào đó. "
                    + $"Hãy ghi thẳng thư mục đích, hoặc chọn thư mục khác.",
                $"{folder} is a link (to {target}), and no dossier is written there. "
                    + $"Name the folder itself, or another."));
            return false;
        }

        if (File.Exists(folder))
        {
            terminal.SayError(new Wording(
                $"Không ghi được hồ sơ: {folder} là một tệp. Hãy chỉ một thư mục bằng --out.",
                $"The dossier cannot be written: {folder} is a file. Name a folder with --out."));
            return false;
        }

        var page = Make(terminal.Language, withErrors: true);
        var at = VietnamTime.Moment(terminal.Time.GetUtcNow());
        var version = typeof(CheckDossier).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "";
        page.Line();
        page.Say(
            $"{Problem.Total(_problems)} Lập lúc {at} (giờ Việt Nam), sms-campaign {version}.",
            $"{Problem.Total(_problems)} Made at {at} (Vietnam), sms-campaign {version}.");

        var name = $"kiem-tra-{_planned.Key.FileName.Replace(".simulated", "-mo-phong", StringComparison.Ordinal)}";
        try
        {
            PrivateFiles.MakeFolder(folder);
            using var text = new StringWriter { NewLine = "\r\n" };
            page.WriteTo(text);
            Put(
                Path.Combine(folder, name + ".txt"),
                text.ToString(),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            Put(
                Path.Combine(folder, name + ".html"),
                page.ToHtml(_planned.Campaign.Title),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            terminal.SayError(new Wording(
                $"Không ghi được hồ sơ vào {folder} ({FaultWords.Of(unwritable)}). Hãy chọn thư mục khác bằng --out.",
                $"The dossier cannot be written to {folder} ({FaultWords.Of(unwritable)}). "
                    + $"Choose another folder with --out."));
            return false;
        }

        terminal.Say(
            $"Hồ sơ: {Path.Combine(folder, name)}.txt và .html",
            $"The dossier: {Path.Combine(folder, name)}.txt and .html");
        return true;
    }

    Page Make(Language language, bool withErrors)
    {
        var page = new Page(language);
        var summary = new PlanSummary(_planned, page);
        summary.Write();
        if (withErrors)
            List(page, Severity.Error, new Wording(
                "LỖI, phải sửa trước khi gửi", "ERRORS, to be mended before it is sent"));
        List(page, Severity.Warning, new Wording("CẢNH BÁO", "WARNINGS"));
        summary.WriteCode();
        return page;
    }

    void List(Page page, Severity severity, Wording title)
    {
        var listed = _problems.Where(problem => problem.Severity == severity).ToList();
        if (listed.Count == 0)
            return;

        page.Title($"{title} ({Figures.Count(listed.Count)})", $"{title} ({Figures.Count(listed.Count)})");
        foreach (var problem in listed)
            page.Line("  " + problem.In(page.Language));
    }

    /// <summary>Whole or not at all, and in the place of a link, not where it leads.</summary>
    static void Put(string path, string content, Encoding encoding)
    {
        var name = Path.GetFileName(path);
        using var fresh = FreshFolder.Beside(Path.GetFullPath(path), own => own == name);
        using (var file = new StreamWriter(PrivateFiles.Create(Path.Combine(fresh.Path, name)), encoding))
            file.Write(content);
        File.Move(Path.Combine(fresh.Path, name), path, overwrite: true);
    }
}
