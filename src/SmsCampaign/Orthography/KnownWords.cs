using System.Collections.Frozen;

namespace SmsCampaign.Orthography;

/// <summary>Words with Vietnamese letters that are right and yet no syllables of Vietnamese.</summary>
static class KnownWords
{
    /// <summary>In names of communes (as arranged on 1/7/2025) and their peoples, most of them in Tây Nguyên.</summary>
    static readonly FrozenSet<string> Names = Words("""
        đắk đăk đak lắk krông kạn ngọk ngọc pék réo plông plô braih păh khươl prông tôr pưh hrú sơmei krái dơk krêl drăng khăl búk
        dliê drông cuôr rvê nuôl knuếc knốp păl drắk kmăl tẻh sắk săk jút êê hmông mlô niê kpă êban êđê bkrông ksơr siu hđơk
        bláo bơloong gliêk grăng hrê jơ kbông kdăm klông klơng kmông kơr krăng krơng lăk mnông pơr prăng prêng rbăng rchăm rlăm
        rơcăm rơchâm rơlan rơmah rông srê srăng trơpăng tuôr wăl wơn xtiêng xơđăng
        """);

    /// <summary>Borrowed and written as one word.</summary>
    static readonly FrozenSet<string> Borrowed = Words("""
        ôtô ôxy ôxi ôzôn ôliu ôkê ápphích ápxe ampe kílô kilô kilômét xăngtimét milimét mét ăngten ắcquy ácquy acquy rơmoóc côngtenơ
        nitơ hyđrô hiđrô cácbon cacbon clo phốtpho prôtêin vắcxin vácxin vắcxanh xirô bécgiê sôcôla sôcôla xúcxích xìtrum
        panô lôgô lôgích lôgíc sêri xêri căngtin tuốcbin tuabin môđun xilanh xitéc bêtông
        karaôkê viđêô rađiô micrô pianô ghita viôlông cátxét băngrôn bôxít ximăng xêmina côcain hêrôin môtô môtơ tắcxi têlêphôn
        """);

    // Small words of the screen and the network that look like a Vietnamese syllable that has lost its tone.
    static readonly FrozenSet<string> OfTheNetwork = Words("""
        chat net hot top set kit bit bot tip hit mic cut put pop cap lap hat map tap rap sup pin sit bit dot tit
        """);

    public static bool Contains(string word)
    {
        var small = word.Composed().ToLowerInvariant();
        return Names.Contains(small) || Borrowed.Contains(small) || OfTheNetwork.Contains(small);
    }

    /// <summary>Whether it is a syllable, a name or a borrowed word.</summary>
    public static bool IsWord(string word) => VietnameseSyllable.IsPossible(word) || Contains(word);

    static FrozenSet<string> Words(string list) =>
        list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
