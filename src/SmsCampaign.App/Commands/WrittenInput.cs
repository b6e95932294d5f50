using System.CommandLine;
using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.App.Commands;

/// <summary>
/// What a person gives to <c>text</c> and <c>numbers</c>: a file, or stdin where none is named. UTF-8. Any file that
/// their account may read: they name it themselves, and could send it by stdin as well. <c>files.roots</c> bounds what
/// a campaign file, which somebody else may have written, makes the program read.
/// </summary>
static class WrittenInput
{
    const string Stdin = "-";

    /// <summary>Longest text, characters: of a message, with much to spare.</summary>
    const int MostCharacters = 1_000_000;

    /// <summary>Longest line, characters.</summary>
    const int MostOfLine = 10_000;

    public static Argument<string> Argument(Language language, Wording what) => new(
        new Wording("tệp", "file").In(language))
    {
        Description = what.In(language),
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => Stdin,
    };

    /// <summary>How the input is called in a problem.</summary>
    public static string NameOf(string file, Language language) =>
        file == Stdin ? new Wording("(đầu vào)", "(input)").In(language) : file;

    /// <returns>Null where it cannot be read, which has been said.</returns>
    public static string? ReadAll(string file, Terminal terminal) => Read(file, terminal, reader =>
    {
        var text = new char[MostCharacters + 1];
        var length = reader.ReadBlock(text, 0, text.Length);
        return length <= MostCharacters ? new string(text, 0, length) : throw new TooLongException(new Wording(
            $"dài hơn {MostCharacters} ký tự, quá dài cho một tin. Hãy kiểm tra có chỉ nhầm tệp không.",
            $"longer than {MostCharacters} characters, too long for a message. Is it the right file?"));
    });

    /// <summary>An editor ends the last line; that line end is the file's and not the message's.</summary>
    public static string WithoutLastEnd(string input) => input.EndsWith("\r\n", StringComparison.Ordinal) ? input[..^2]
        : input.EndsWith('\n') ? input[..^1]
        : input;

    /// <summary>Does something with every line, numbered from 1, as it comes.</summary>
    /// <returns>False where the input cannot be read to its end, which has been said.</returns>
    public static bool ForEachLine(string file, Terminal terminal, Action<string, int> act) =>
        Read(file, terminal, reader =>
        {
            for (var number = 1; ReadLine(reader, number) is { } line; number++)
                act(line, number);

            return "";
        }) is not null;

    /// <summary>As <see cref="StreamReader.ReadLine"/>, of an input that may never end a line.</summary>
    static string? ReadLine(StreamReader reader, int number)
    {
        var line = new StringBuilder();
        while (reader.Read() is var letter and >= 0)
        {
            if (letter == '\r' && reader.Peek() == '\n')
                continue;
            if (letter is '\n' or '\r')
                return line.ToString();

            line.Append((char)letter);
            if (line.Length > MostOfLine)
            {
                throw new TooLongException(new Wording(
                    $"dòng {number} dài hơn {MostOfLine} ký tự. Mỗi dòng ghi một số; "
                        + $"hãy kiểm tra có chỉ nhầm tệp không.",
                    $"line {number} is longer than {MostOfLine} characters. "
                        + $"A line holds one number; is it the right file?"));
            }
        }

        return line.Length > 0 ? line.ToString() : null;
    }

    static string? Read(string file, Terminal terminal, Func<StreamReader, string> read)
    {
        if (file != Stdin && Directory.Exists(file))
        {
            Refuse(file, terminal, new Wording(
                "đây là một thư mục. Hãy ghi cả tên tệp.", "this is a folder. Name the file in it."));
            return null;
        }

        try
        {
            using var stream = file == Stdin ? Console.OpenStandardInput() : OrdinaryFile.OpenRead(file);
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return read(reader);
        }
        catch (TooLongException tooLong)
        {
            Refuse(file, terminal, tooLong.Words);
        }
        catch (NotOrdinaryFileException other)
        {
            Refuse(file, terminal, other.Words);
        }
        catch (DecoderFallbackException)
        {
            Refuse(file, terminal, new Wording(
                "không phải văn bản UTF-8. Hãy lưu lại với bảng mã UTF-8 (Notepad: Save As, Encoding: UTF-8).",
                "not UTF-8 text. Save it again in UTF-8 (Notepad: Save As, Encoding: UTF-8)."));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            Refuse(file, terminal, new Wording(
                $"không tìm thấy tệp. Đã tìm tại: {Path.GetFullPath(file)}.",
                $"file not found. Looked at: {Path.GetFullPath(file)}."));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Refuse(file, terminal, new Wording(
                $"không đọc được ({FaultWords.Of(failure)}). Hãy kiểm tra quyền đọc, và tệp có đang mở ở "
                    + $"chương trình khác không.",
                $"cannot be read: {failure.Message} Check the permission to read it, and whether "
                    + $"another program holds it open."));
        }

        return null;
    }

    static void Refuse(string file, Terminal terminal, Wording what) =>
        terminal.List([new Problem(new Place(NameOf(file, terminal.Language)), what)]);

    sealed class TooLongException(Wording words) : IOException(words.En)
    {
        public Wording Words => words;
    }
}
