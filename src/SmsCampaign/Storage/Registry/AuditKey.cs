using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.Storage.Registry;

/// <summary>
/// The key of the audit chain, in a file that the account that sends can read and nobody else needs to.
/// </summary>
/// <param name="Fingerprint">Tells keys apart; says nothing of the key.</param>
sealed record AuditKey(byte[] Bytes, string Fingerprint)
{
    /// <summary>Characters: what is shorter could be guessed.</summary>
    const int Shortest = 32;

    /// <param name="missing">Why there is none, in words that follow "the key".</param>
    /// <returns>Null where there is none that can be used.</returns>
    public static AuditKey? Read(string file, out Wording missing)
    {
        missing = new Wording("", "");
        try
        {
            var text = OrdinaryFile.ReadAllText(file).Trim();
            if (text.Length >= Shortest)
                return new AuditKey(Encoding.UTF8.GetBytes(text), FingerprintOf(text));

            missing = new Wording($"{file} ngắn hơn {Shortest} ký tự", $"{file} is shorter than {Shortest} characters");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            missing = new Wording($"không có tệp {file}", $"the file {file} is not there");
        }
        catch (NotOrdinaryFileException)
        {
            missing = new Wording($"{file} không phải tệp thường", $"{file} is no ordinary file");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            missing = new Wording(
                $"không đọc được {file} bằng tài khoản đang chạy", $"{file} cannot be read by this account");
        }

        return null;
    }

    /// <summary>Makes the file, readable by this account alone, where it is not there.</summary>
    /// <returns>Whether it was made.</returns>
    public static bool TryCreate(string file)
    {
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

            using var made = new FileStream(file, how);
            made.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));
            made.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string FingerprintOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("sms-campaign audit key\n" + text)))[..16];

    /// <summary>What is said where a chain has begun and its key is gone.</summary>
    internal static Wording DescribeMissing(Wording missing) => new(
        $"Khóa của chuỗi kiểm toán: {missing}. Không tạo khóa mới thay cho khóa cũ: hãy đặt lại tệp khóa từ bản "
            + $"sao lưu (audit.keyFile).",
        $"The key of the audit chain: {missing}. No new one is made in its place: "
            + $"put the file back from a backup (audit.keyFile).");
}
