import org.mustangproject.validator.ZUGFeRDValidator;

/** Prints one report per file: veraPDF's verdict on a PDF, and the verdict of XSD and schematron on its XML. */
public class Validate {
  public static void main(String[] files) {
    for (String file : files) {
      ZUGFeRDValidator validator = new ZUGFeRDValidator();
      validator.disableNotices();
      System.out.println("FILE " + file + "\n" + validator.validate(file));
    }
  }
}
