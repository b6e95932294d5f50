using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace SmsCampaign.Carriers;

/// <summary>A gateway was reached, and its certificate is not one to hand passwords and numbers to.
/// Nothing was sent.</summary>
sealed class UntrustedCertificateException(string why) : AuthenticationException($"{Beginning}: {why}")
{
    /// <summary>How every one of them begins.</summary>
    public const string Beginning = "certificate not trusted";

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>: trusts what
    /// the machine trusts.</summary>
    /// <exception cref="UntrustedCertificateException">It is not trusted.</exception>
    public static bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
            ? true
            : throw new UntrustedCertificateException(Describe(chain, errors));

    /// <returns>Null where it is something else.</returns>
    public static UntrustedCertificateException? In(Exception? thrown)
    {
        while (thrown is not (null or UntrustedCertificateException))
            thrown = thrown.InnerException;
        return (UntrustedCertificateException?)thrown;
    }

    static string Describe(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "none was shown";

        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, each) => all | each.Status)
            ?? X509ChainStatusFlags.NoError;
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "it is over, or the machine's clock is wrong"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "it is of another host"
            : status.HasFlag(X509ChainStatusFlags.Revoked) ? "it was revoked"
            : "who issued it is not known to this machine";
    }
}
