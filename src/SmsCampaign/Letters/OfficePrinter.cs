using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.Letters;

/// <summary>Makes PDF files of Word documents by LibreOffice, which runs as a program of its own.</summary>
/// <param name="program">A path, or a name that is found by PATH; null: soffice, by PATH.</param>
/// <param name="limit">After so long it is ended. Null: <see cref="UsualLimit"/>.</param>
sealed class OfficePrinter(string? program, TimeSpan? limit = null)
{
    /// <summary>Two minutes: a letter takes it some seconds, its first start on a machine more.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(2);

    const string UsualProgram = "soffice";

    /// <summary>Bytes from the end of a PDF within which it says that it ends: ISO 32000-1, annex H.</summary>
    const int EndLength = 1024;

    /// <summary>Most of what it says that is repeated, in characters.</summary>
    const int MostWords = 200;

    /// <summary>For what follows at once where nothing is wrong.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly TimeSpan _limit = limit ?? UsualLimit;
    readonly string _program = program ?? UsualProgram;

    /// <summary>Writes a PDF beside each document, or none at all.</summary>
    /// <param name="documents">Full paths.</param>
    /// <param name="scratch">Full path of a folder that is not there: LibreOffice's own profile lies in it, apart from
    /// that of whoever works with it on this machine.</param>
    /// <returns>Why there is none; null where there is.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public Wording? Print(IReadOnlyList<string> documents, string scratch)
    {
        PrivateFiles.MakeFolder(scratch);
        var made = Path.Combine(scratch, "pdf");
        PrivateFiles.MakeFolder(made);
        if (Run(documents, new Uri(Path.Combine(scratch, "profile")).AbsoluteUri, made) is { } trouble)
            return trouble;

        var pdfs = documents.Select(document => Path.Combine(made, PdfOf(Path.GetFileName(document)))).ToList();
        if (pdfs.Find(pdf => !IsWhole(pdf)) is { } missing)
        {
            var name = Path.GetFileName(missing);
            return new Wording(
                $"LibreOffice ({_program}) chạy xong mà không có {name} nguyên vẹn",
                $"LibreOffice ({_program}) ended without a whole {name}");
        }

        foreach (var (document, pdf) in documents.Zip(pdfs))
        {
            using var file = PrivateFiles.Create(PdfOf(document), FileShare.None);
            using var from = OrdinaryFile.OpenRead(pdf);
            from.CopyTo(file);
            file.Flush(flushToDisk: true);
        }

        return null;
    }

    public static string PdfOf(string document) => Path.ChangeExtension(document, ".pdf");

    Wording? Run(IReadOnlyList<string> documents, string profile, string folder)
    {
        var start = new ProcessStartInfo(_program,
        [
            $"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
            "--convert-to", "pdf", "--outdir", folder, .. documents,
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        using var process = new Process { StartInfo = start };
        var said = new StringBuilder();
        process.OutputDataReceived += (_, _) => { }; // a full pipe would hold it up
        var allSaid = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Keep(said, line.Data, allSaid);
        try
        {
            process.Start();
        }
        catch (Exception absent) when (absent is Win32Exception or UnauthorizedAccessException)
        {
            return new Wording(
                $"không có LibreOffice trên máy này ({_program})",
                $"LibreOffice is not on this machine ({_program})");
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(_limit))
        {
            End(process);
            var limited = Figures.Duration(_limit);
            return new Wording(
                $"LibreOffice ({_program}) chưa xong sau {limited} nên bị ngắt",
                $"LibreOffice ({_program}) was not done after {limited} and was ended");
        }

        // What it has started may still hold the pipe: its words are not waited for long.
        allSaid.Task.Wait(Patience);
        var why = Words(said);
        return process.ExitCode == 0 ? null : new Wording(
            $"LibreOffice ({_program}) kết thúc với mã {process.ExitCode}{why}",
            $"LibreOffice ({_program}) ended with code {process.ExitCode}{why}");
    }

    /// <summary>That process and those it has started, by their ids: somebody may have documents open in another
    /// LibreOffice.</summary>
    static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Patience);
        }
        catch (Exception over) when (over is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or will.
        }
    }

    static void Keep(StringBuilder said, string? line, TaskCompletionSource allSaid)
    {
        if (line is null)
            allSaid.TrySetResult();
        lock (said)
        {
            if (!string.IsNullOrWhiteSpace(line) && said.Length < MostWords)
                said.Append(said.Length > 0 ? "; " : "").Append(line.Trim());
        }
    }

    static string Words(StringBuilder said)
    {
        lock (said)
        {
            return said.Length == 0 ? "" : $": {said.ToString(0, Math.Min(said.Length, MostWords))}";
        }
    }

    static bool IsWhole(string pdf)
    {
        try
        {
            using var file = OrdinaryFile.OpenRead(pdf);
            var head = new byte[5];
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
                || !head.AsSpan().SequenceEqual("%PDF-"u8))
                return false;

            file.Position = Math.Max(0, file.Length - EndLength);
            var end = new byte[EndLength];
            var length = file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
            return end.AsSpan(0, length).IndexOf("%%EOF"u8) >= 0;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
