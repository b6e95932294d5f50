using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Files.Json;

/// <summary>
/// What may stand in a text of an installation file for a value kept elsewhere: <c>${env:NAME}</c>, a variable, and
/// <c>${file:PATH}</c>, what a file holds, as systemd credentials and Docker secrets are handed over. So
/// secrets stay out of the file.
/// </summary>
/// <param name="folder">Where a path begins that is not absolute: the installation file's folder.</param>
sealed partial class SettingsReferences(IReadOnlyDictionary<string, string> environment, string folder)
{
    /// <summary>Bytes. The longest secret seen, a signed token, has some 2,000.</summary>
    const int LongestFile = 64 * 1024;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a text names a value kept elsewhere.</summary>
    public static bool IsIn(string text) => Reference().IsMatch(text);

    /// <summary>Puts the values in.</summary>
    /// <param name="keep">Told each value: to be kept out of reasons and logs.</param>
    /// <param name="refuse">Told of each value that is not there, and whether that may pass by itself
    /// (<see cref="Problem.MayPass"/>); nothing is put in for it.</param>
    public string Expand(string text, Action<string> keep, Action<Wording, bool> refuse) =>
        Reference().Replace(text, match =>
        {
            var value = match.Groups["name"] is { Success: true } name
                ? ReadVariable(name.Value, refuse)
                : ReadFile(ExpandVariables(match.Groups["path"].Value, refuse), refuse);
            if (value.Length > 0)
                keep(value);
            return value;
        });

    string ExpandVariables(string path, Action<Wording, bool> refuse) =>
        Variable().Replace(path, match => ReadVariable(match.Groups["name"].Value, refuse));

    string ReadVariable(string name, Action<Wording, bool> refuse)
    {
        if (environment.GetValueOrDefault(name, "") is { Length: > 0 } value)
            return value;

        refuse(new Wording(
            $"Biến môi trường {name} chưa được đặt. Hãy đặt biến này cho chương trình rồi chạy lại.",
            $"The environment variable {name} is not set. Set it for the program and run again."), true);
        return "";
    }

    /// <summary>Without the line end that editors and <c>echo</c> leave.</summary>
    string ReadFile(string path, Action<Wording, bool> refuse)
    {
        var full = Path.GetFullPath(path, folder);
        try
        {
            using var file = OrdinaryFile.OpenRead(full);
            var bytes = new byte[LongestFile + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > LongestFile)
                return Refuse($"dài hơn {LongestFile / 1024} KiB", $"is longer than {LongestFile / 1024} KiB");

            var value = Strict.GetString(bytes, 0, length).TrimStart('\uFEFF').TrimEnd('\r', '\n');
            return value.Length > 0 ? value : Refuse("trống", "is empty");
        }
        catch (DecoderFallbackException)
        {
            return Refuse("không phải văn bản UTF-8", "is no UTF-8 text");
        }
        catch (NotOrdinaryFileException)
        {
            return Refuse(
                "không phải tệp thường (là ống dẫn, thiết bị, hoặc nằm trong /proc, /dev, /sys)",
                "is no ordinary file (a pipe, a device, or in /proc, /dev or /sys)");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse("không có", "is not there", mayPass: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Refuse(
                "không đọc được, có thể do thiếu quyền",
                "cannot be read, perhaps for want of permission",
                mayPass: true);
        }

        string Refuse(string vi, string en, bool mayPass = false)
        {
            refuse(new Wording(
                $"Tệp {full} (chứa giá trị bí mật) {vi}. Hãy kiểm tra đường dẫn và nội dung tệp rồi chạy lại.",
                $"The file {full}, which is to hold a secret, {en}. Check its path and content and run again."),
                mayPass);
            return "";
        }
    }

    [GeneratedRegex(
        @"\$\{env:(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|\$\{file:(?<path>(\$\{env:[A-Za-z_][A-Za-z0-9_]*\}|[^{}\0])+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\$\{env:(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
