using System.CommandLine;
using System.Text;
using SmsCampaign.Files;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>
/// The password of an archive: from a file, from the environment, or typed twice without being shown. Never an
/// argument, which every account on the machine can read.
/// </summary>
sealed class ExportPassword(Terminal terminal)
{
    /// <summary>Environment variable that holds it.</summary>
    public const string Variable = "SMS_CAMPAIGN_EXPORT_PASSWORD";

    const int Shortest = ReportPlaces.ShortestPassword;

    /// <summary>Characters of a file: of one line.</summary>
    const int Longest = 1_000;

    public Option<FileInfo?> Option { get; } = new("--password-file")
    {
        Description = new Wording(
            $"Tệp có mật khẩu ở dòng đầu; không ghi thì lấy từ biến môi trường {Variable}, không có nữa thì hỏi",
            $"File with the password in its first line; if not given it comes from the environment variable "
                + $"{Variable}, else it is asked for")
            .In(terminal.Language),
    };

    /// <summary>Reads a key that is typed, and does not show it; null where nobody can type.</summary>
    internal Func<ConsoleKeyInfo>? Key { get; init; } = Console.IsInputRedirected ? null : ReadKey;

    /// <param name="problems">Gets why there is none, never anything of it.</param>
    /// <returns>Null where there is a problem.</returns>
    public string? Read(ParseResult parsed, List<Problem> problems)
    {
        var from = parsed.GetValue(Option) is { } file ? ReadFile(file, problems)
            : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set
            : Ask(problems);
        if (from is null)
            return null;

        if (from.Length >= Shortest)
            return from;

        problems.Add(new Problem(null, new(
            $"Mật khẩu ngắn hơn {Shortest} ký tự nên dễ bị dò ra. Hãy đặt mật khẩu dài hơn.",
            $"The password is shorter than {Shortest} characters and can be guessed. Choose a longer one.")));
        return null;
    }

    static ConsoleKeyInfo ReadKey() => Console.ReadKey(intercept: true);

    static string? ReadFile(FileInfo file, List<Problem> problems)
    {
        try
        {
            using var stream = OrdinaryFile.OpenRead(file.FullName);
            if (PrivateFiles.IsOpenToOthers(stream))
            {
                problems.Add(new Problem(new Place(file.FullName), new(
                    $"mọi tài khoản trên máy đều mở được tệp mật khẩu này. Hãy chạy chmod 600 '{file.FullName}', "
                        + $"đổi mật khẩu nếu có người khác đã dùng máy, rồi chạy lại lệnh.",
                    $"every account of the machine can open this password file. Run chmod 600 '{file.FullName}', "
                        + $"choose another password where others have used the machine, and run the command again.")));
                return null;
            }

            using var reader = new StreamReader(stream);
            var text = new char[Longest];
            var length = reader.ReadBlock(text, 0, text.Length);
            return new string(text, 0, length).Split('\n')[0].TrimEnd('\r');
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            var why = FaultWords.Of(closed);
            problems.Add(new Problem(new Place(file.FullName), new(
                $"không đọc được tệp mật khẩu ({why}). Hãy kiểm tra đường dẫn và quyền đọc.",
                $"the password file cannot be read ({why}). Check its path and the right to read it.")));
            return null;
        }
    }

    string? Ask(List<Problem> problems)
    {
        if (Key is null)
        {
            problems.Add(new Problem(null, new(
                $"Cần mật khẩu cho --encrypt mà không hỏi được vì không có bàn phím. "
                    + $"Hãy đặt biến môi trường {Variable} hoặc ghi --password-file TỆP.",
                $"--encrypt needs a password, and there is nobody to ask. Set the environment variable {Variable}, "
                    + $"or give --password-file FILE.")));
            return null;
        }

        // What is typed while .NET sets up the terminal, at its first use, would be seen.
        if (!Console.IsInputRedirected)
            _ = Console.KeyAvailable;

        var first = Type(new Wording("Mật khẩu của tệp .zip (gõ không hiện): ", "Password of the .zip (not shown): "));
        if (Type(new Wording("Gõ lại mật khẩu: ", "The password once more: ")) == first)
            return first;

        problems.Add(new Problem(null, new(
            "Hai lần gõ mật khẩu khác nhau. Hãy chạy lại lệnh.", "The two passwords differ. Run the command again.")));
        return null;
    }

    string Type(Wording prompt)
    {
        terminal.Errors.Write(prompt.In(terminal.Language));
        terminal.Errors.Flush();
        var typed = new StringBuilder();
        while (Key!() is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        terminal.Errors.WriteLine();
        return typed.ToString();
    }
}
